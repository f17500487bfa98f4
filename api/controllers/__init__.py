"""Everything the API answers to."""

from collections.abc import Sequence

from litestar import Controller

from api.controllers.accountability.escalations import EscalationController
from api.controllers.accountability.handover import HandoverController
from api.controllers.accountability.playbook_uses import PlaybookUseController
from api.controllers.accountability.playbooks import PlaybookController
from api.controllers.accountability.responsibilities import ResponsibilityController
from api.controllers.accountability.sign_offs import SignOffController
from api.controllers.accountability.stakeholder_values import StakeholderValueController
from api.controllers.exchange.csv_imports import CsvImportController
from api.controllers.exchange.exports import ExportController, SchemaController
from api.controllers.exchange.jobs import JobController
from api.controllers.findings.adding import FindingAdditionController
from api.controllers.findings.attachment_contents import AttachmentContentController
from api.controllers.findings.attachments import AttachmentController
from api.controllers.findings.common import CommonProblemController
from api.controllers.findings.evidence import EvidenceController
from api.controllers.findings.findings import FindingController
from api.controllers.findings.sources import SourceController
from api.controllers.findings.votes import FindingVoteController
from api.controllers.identity.access_tokens import AccessTokenController
from api.controllers.identity.accounts import AccountController
from api.controllers.identity.departments import DepartmentController
from api.controllers.identity.directory import DirectoryController
from api.controllers.identity.identities import IdentityController
from api.controllers.identity.invitations import InvitationController
from api.controllers.identity.members import MemberController
from api.controllers.identity.organizations import OrganizationController
from api.controllers.identity.passwords import PasswordController
from api.controllers.identity.policy import PolicyController
from api.controllers.identity.provider_tests import IdentityProviderTestController
from api.controllers.identity.providers import IdentityProviderController
from api.controllers.identity.service_members import ServiceMemberController
from api.controllers.identity.sessions import SessionController
from api.controllers.identity.sign_ins import SignInController
from api.controllers.inbox.notifications import NotificationController
from api.controllers.inbox.preferences import PreferenceController
from api.controllers.inbox.watches import WatchController
from api.controllers.integration.deliveries import WebhookDeliveryController
from api.controllers.integration.webhooks import WebhookController
from api.controllers.life.editions import EditionController
from api.controllers.life.publications import PublicationController
from api.controllers.life.revisits import RevisitController
from api.controllers.live.presence import PresenceController
from api.controllers.live.streams import StreamController
from api.controllers.live.tickets import StreamTicketController
from api.controllers.maps.channels import ChannelController
from api.controllers.maps.comparisons import ComparisonController
from api.controllers.maps.copies import CopyController
from api.controllers.maps.emotions import EmotionController
from api.controllers.maps.grants import GrantController
from api.controllers.maps.imports import ImportController
from api.controllers.maps.journeys import JourneyController
from api.controllers.maps.lanes import LaneController
from api.controllers.maps.map import MapController
from api.controllers.maps.nesting import NestingController
from api.controllers.maps.overlay import OverlayController
from api.controllers.maps.ownership import OwnershipController
from api.controllers.maps.personas import PersonaController
from api.controllers.maps.restoring import RestoringController
from api.controllers.maps.stages import StageController
from api.controllers.maps.touchpoints import TouchpointController
from api.controllers.maps.transitions import TransitionController
from api.controllers.metrics.data_points import DataPointController
from api.controllers.metrics.links import MetricLinkController
from api.controllers.metrics.metrics import MetricController
from api.controllers.metrics.reports import MetricReportController
from api.controllers.metrics.trends import MetricTrendController
from api.controllers.moments.moments import MomentController
from api.controllers.moments.ranking import RankingController
from api.controllers.outcomes.actions import ActionController
from api.controllers.outcomes.chain import ChainController
from api.controllers.outcomes.matrix import MatrixController
from api.controllers.outcomes.opportunities import OpportunityController
from api.controllers.outcomes.outcomes import OutcomeController
from api.controllers.participation.input_links import InputLinkController
from api.controllers.participation.input_requests import InputRequestController
from api.controllers.records.activity import ActivityController
from api.controllers.records.events import EventController
from api.controllers.records.moderation import ModerationController
from api.controllers.records.search import SearchController
from api.controllers.reports.accountability import AccountabilityController
from api.controllers.reports.atlas import AtlasController
from api.controllers.reports.briefs import BriefController
from api.controllers.reports.moment_ledger import MomentLedgerController
from api.controllers.reports.overview import OverviewController
from api.controllers.reports.participation import ParticipationController
from api.controllers.reports.perception import PerceptionController
from api.controllers.reports.pictures import PictureController
from api.controllers.reports.runaround import RunaroundController
from api.controllers.reports.work import WorkController
from api.controllers.voices.anchoring import AnchoringController
from api.controllers.voices.annotations import AnnotationController
from api.controllers.voices.flags import FlagController
from api.controllers.voices.proposals import ProposalController
from api.controllers.voices.ratings import RatingController
from api.controllers.voices.reactions import ReactionController
from api.controllers.voices.reading import ReadingController
from api.controllers.voices.replies import ReplyController
from api.controllers.voices.reply_states import ReplyStateController
from api.controllers.voices.similar import SimilarController
from api.controllers.voices.supports import SupportController
from api.controllers.voices.threads import ThreadController

CONTROLLERS: Sequence[type[Controller]] = (
    SessionController,
    AccessTokenController,
    AccountController,
    PasswordController,
    SignInController,
    IdentityController,
    IdentityProviderController,
    IdentityProviderTestController,
    OrganizationController,
    DepartmentController,
    MemberController,
    ServiceMemberController,
    InvitationController,
    DirectoryController,
    PolicyController,
    PersonaController,
    ChannelController,
    JourneyController,
    ImportController,
    ExportController,
    SchemaController,
    JobController,
    WebhookController,
    WebhookDeliveryController,
    CsvImportController,
    TransitionController,
    GrantController,
    OwnershipController,
    StageController,
    LaneController,
    TouchpointController,
    EmotionController,
    NestingController,
    CopyController,
    ComparisonController,
    RestoringController,
    MapController,
    OverlayController,
    AnchoringController,
    AnnotationController,
    SimilarController,
    ThreadController,
    ReadingController,
    ReplyController,
    ReplyStateController,
    SupportController,
    ProposalController,
    ReactionController,
    FlagController,
    ModerationController,
    RatingController,
    FindingAdditionController,
    FindingController,
    FindingVoteController,
    SourceController,
    CommonProblemController,
    EvidenceController,
    AttachmentController,
    AttachmentContentController,
    EventController,
    SearchController,
    StreamController,
    PresenceController,
    StreamTicketController,
    ActivityController,
    MomentController,
    RankingController,
    InputRequestController,
    InputLinkController,
    ParticipationController,
    SignOffController,
    StakeholderValueController,
    PlaybookController,
    OpportunityController,
    MatrixController,
    ActionController,
    OutcomeController,
    ChainController,
    ResponsibilityController,
    HandoverController,
    EscalationController,
    PlaybookUseController,
    RunaroundController,
    BriefController,
    PerceptionController,
    PictureController,
    WorkController,
    NotificationController,
    WatchController,
    PreferenceController,
    MomentLedgerController,
    OverviewController,
    AccountabilityController,
    AtlasController,
    EditionController,
    MetricController,
    DataPointController,
    MetricLinkController,
    MetricTrendController,
    RevisitController,
    PublicationController,
    MetricReportController,
)
