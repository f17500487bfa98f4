"""The passwords that guessing starts with, as far as they are long enough to be accepted."""

_LIST = """
00000000 000000000 0123456789 01234567 01020304 0987654321 10203040 11111111 1111111111
11223344 1122334455 11112222 12121212 12312312 123123123 1234512345 12341234 12344321
123456123456 12345678 123456789 1234567890 12345678910 123456789a 12345678a
123456789q 1234567a 1234qwer 123654789 123698745 123qweasd 123qweasdzxc 12345qwert 147258369
147852369 159357456 159753456 18436572 19283746 1a2b3c4d 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
1qaz2wsx 1qaz2wsx3edc 1qazxsw2 20202020 21212121 22222222 31415926 321321321 33333333
44444444 456456456 55555555 66666666 741852963 77777777 7894561230 789456123 789789789
87654321 88888888 963852741 987654321 9876543210 99999999 999999999 a1234567 a12345678
a123456789 a1b2c3d4 aa123456 aa12345678 aaaaaaaa abc12345 abc123456 abcd1234 abcdefgh
abcdefg1 access14 adgjmptw administrator admin123 admin1234 administrador alexander
alexandra anthony1 asasasas asdasdasd asdf1234 asdfasdf asdfghjk asdfghjkl asdfgh123
asdqwe123 baseball baseball1 basketball beautiful blink182 bluebird bollocks brooklyn
butterfly caroline carolina cartman1 catherine changeme changeme1 changeme123 charlie1
charlotte chelsea1 chocolate christian christina christine clarinet computer computer1
consumer corvette cowboys1 creative crystal1 danielle december default1 diamond1 dolphin1
dolphins dragon123 drowssap einstein elephant elizabeth estrella eternity february fernando
firebird fireball football football1 forever1 franklin freedom1 friendship garfield godzilla
goldfish greenday hallo123 hardcore hellohello hello123 hello1234 helloworld ihateyou
iloveyou iloveyou1 iloveyou2 iloveyou123 infinity internet isabella jackson1 jennifer jessica1
jonathan jordan23 juventus katherine killer123 kristina lalalala lavender letmein1 letmein123
liverpool liverpool1 lollipop love1234 loveyou1 lovelove macintosh manchester marina123
marlboro marseille master123 maverick mercedes metallica michael1 michelle michigan midnight
mitchell monkey123 monster1 mountain mustang1 naruto123 nicholas nintendo nirvana1 november
passw0rd password password! password0 password01 password1 password1! password11 password12
password123 password1234 password12345 password2 passwords p@ssw0rd p@ssword pa55word
patricia patrick1 pictures platinum pokemon1 porsche911 princesa princess princess1 princess123
qazwsx123 qazwsxedc qq123456 qwe123qwe qweasd123 qweasdzxc qweqweqwe qwer1234 qwert123
qwert12345 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456
rachelle rainbow1 rangers1 redskins remember robinson rockstar rootroot samantha samsung1
sandiego santiago saturday scorpion scotland secret123 security september shadow123 skywalker
slipknot snowball softball something spartan1 spiderman stargate starwars starwars1 steelers
sterling strawberry summer123 sunflower sunshine sunshine1 superman superman1 superstar
sweetheart test1234 testing1 testing123 testtest thailand thankyou thuglife timberlake
trustno1 trustno1! turkey50 valentina valentine vanessa1 veronica victoria victoria1
voyager1 warcraft welcome1 welcome12 welcome123 welcome1! welcome! whatever whatever1 william1
windows1 winston1 xbox360x xxxxxxxx yamaha01 yankees1 zaq12wsx zaq1zaq1 zaqxswcde zxcvbnm1
zxcvbnm123 zxcvbnm, zxcvbnma
"""

COMMON = frozenset(_LIST.split())
