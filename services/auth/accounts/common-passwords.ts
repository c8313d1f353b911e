/** Passwords of ten and more characters that are guessed first: walks over the keyboard, phrases, years. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `1234567890 0123456789 12345678910 123456789a 123456789q 1234567891 0987654321 9876543210 1q2w3e4r5t
   1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop qwertyuiop123 qwerty12345
   qwerty123456 qwerty1234 qwertyuiop1 asdfghjkl1 asdfghjkl123 asdfghjkl; zxcvbnm123 zxcvbnm,./ zaq12wsxcde3
   zaq1zaq1zaq1 qazwsxedcrfv qazwsxedc123 qweasdzxc123 qweasdzxcv poiuytrewq mnbvcxzlkj 1234qwerasdf
   1234qwer5678 abcdefghij abcdefghijk abcdefg123 abcdef12345 abcd123456 abc1234567 abc123456789 a123456789
   a1234567890 aa123456789 a1b2c3d4e5 q123456789 w123456789 z123456789 password10 password11 password12
   password123 password1234 password12345 password123456 password123! password1! password01 password99
   password2020 password2021 password2022 password2023 password2024 password2025 password2026 passwordpassword
   p@ssw0rd123 p@ssw0rd12 p@ssword123 p@ssword12 p@ssw0rd1234 passw0rd123 passw0rd12 passw0rd1234 pa55word123
   pa$$word123 pass123456 pass1234567 pass12345678 mypassword mypassword1 mypassword123 thepassword
   newpassword newpassword1 changeme123 changeme12 changemenow letmein123 letmein1234 letmeinnow welcome123
   welcome1234 welcome12345 welcome2020 welcome2021 welcome2022 welcome2023 welcome2024 welcome2025
   welcome2026 welcome@123 welcome123! administrator admin12345 admin123456 admin@1234 admin1234! adminadmin
   adminadmin1 root123456 rootroot12 superadmin superuser1 testtest12 testtest123 test123456 test1234567
   testing123 testing1234 teacher123 teacher1234 student123 student1234 student2024 student2025 student2026
   school1234 school2024 school2025 school2026 classroom1 homework123 learner123 learning123 university
   university1 iloveyou12 iloveyou123 iloveyou1234 iloveyousomuch iloveyou22 ilovemyself ilovegod123 jesus12345
   jesuschrist jesuslovesme godisgood1 godisgood123 blessed123 princess12 princess123 sunshine12 sunshine123
   football12 football123 baseball12 baseball123 basketball basketball1 superman12 superman123 batman1234
   spiderman1 spiderman123 pokemon123 dragon1234 dragonball dragonballz michael123 michelle123 jennifer123
   liverpool1 liverpool123 manchester manchester1 chelsea123 arsenal123 barcelona1 barcelona123 realmadrid
   realmadrid1 southafrica southafrica1 capetown123 johannesburg kaizerchiefs orlandopirates springboks
   springbok1 mandela123 christopher christian1 alexander1 elizabeth1 charlotte1 motherfucker fuckyou123
   whatever123 trustno1234 trustnoone computer12 computer123 internet123 samsung123 google1234 facebook123
   instagram1 minecraft1 minecraft123 playstation playstation1 starwars12 starwars123 monkey1234 monkey12345
   master1234 killer1234 shadow1234 summer2023 summer2024 summer2025 summer2026 winter2023 winter2024
   winter2025 winter2026 spring2024 spring2025 spring2026 autumn2024 autumn2025 autumn2026 december2024
   december2025 november2025 november2026 january2025 january2026 1111111111 0000000000 1122334455 1212121212
   1231231231 123123123123 1234512345 1234554321 123321123321 123654789a 147258369a 159753456a 741852963a
   789456123a 987654321a correcthorsebatterystaple opensesame secret1234
   secret12345 secretpassword default123 default1234 temporary1 temporary123 guest12345 company123 internet12
   lovelovelove iloveyouforever forever123 friends123 family1234 blink182blink onelove123 chocolate1
   chocolate123 butterfly1 butterfly123 strawberry strawberry1 watermelon cheesecake sweetheart sweetheart1`
    .split(/\s+/)
    .concat('correct horse battery staple'),
)
