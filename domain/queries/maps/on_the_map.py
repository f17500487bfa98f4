"""What stands on the map: a touchpoint as long as neither it nor its stage was removed."""

from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint

ITS_STAGE = (Stage.organization_id == Touchpoint.organization_id) & (
    Stage.id == Touchpoint.stage_id
)
ON_THE_MAP = (Touchpoint.removed_at.is_(None), Stage.removed_at.is_(None))
