// What the list lacks: words of schools, of South Africa, of these years, of this product and its demo.
export const ours =
  `0123456789 0987654321 9876543210 asdfghjkl; zxcvbnm,./ zaq1zaq1zaq1 qweasdzxcv poiuytrewq mnbvcxzlkj
   1234qwer5678 abcdefghij abcdefghijk abcdefg123 abcdef12345 abc1234567 w123456789 password12345
   password123456 password123! password1! password2020 password2021 password2022 password2023 password2024
   password2025 password2026 p@ssw0rd123 p@ssw0rd12 p@ssword123 p@ssword12 p@ssw0rd1234 passw0rd123
   passw0rd12 passw0rd1234 pa55word123 pa$$word123 pass123456 pass1234567 pass12345678 mypassword1
   mypassword123 thepassword newpassword1 changeme123 changeme12 changemenow letmein1234 welcome1234
   welcome12345 welcome2020 welcome2021 welcome2022 welcome2023 welcome2024 welcome2025 welcome2026
   welcome@123 welcome123! admin12345 admin123456 admin@1234 admin1234! adminadmin adminadmin1 root123456
   rootroot12 superadmin superuser1 testtest12 testtest123 test123456 test1234567 testing1234 teacher123
   teacher1234 student123 student1234 student2024 student2025 student2026 school1234 school2024 school2025
   school2026 classroom1 homework123 learner123 learning123 university1 iloveyou1234 iloveyousomuch
   ilovegod123 jesus12345 jesuslovesme godisgood1 godisgood123 blessed123 princess12 princess123 sunshine12
   sunshine123 baseball123 batman1234 spiderman123 dragon1234 michelle123 jennifer123 liverpool123
   chelsea123 barcelona1 barcelona123 realmadrid1 southafrica southafrica1 capetown123 johannesburg
   kaizerchiefs orlandopirates springboks springbok1 mandela123 whatever123 trustno1234 computer123
   internet123 google1234 facebook123 instagram1 minecraft1 playstation1 starwars12 monkey1234 monkey12345
   master1234 killer1234 shadow1234 summer2023 summer2024 summer2025 summer2026 winter2023 winter2024
   winter2025 winter2026 spring2024 spring2025 spring2026 autumn2024 autumn2025 autumn2026 december2024
   december2025 november2025 november2026 january2025 january2026 1111111111 0000000000 1212121212
   1231231231 123123123123 1234512345 159753456a 741852963a correcthorsebatterystaple secret1234 secret12345
   secretpassword default123 default1234 temporary1 temporary123 guest12345 company123 internet12
   lovelovelove iloveyouforever forever123 friends123 family1234 blink182blink onelove123 chocolate123
   butterfly123 strawberry1 sweetheart1
   learn-with-azora learnwithazora welcome-to-azora welcometoazora azora-academy`
    .split(/\s+/)
    .concat('correct horse battery staple', 'learn with azora', 'welcome to azora')

// Shorter ones are refused for their length.
const shortest = 10

let known: Promise<ReadonlySet<string>> | null = null

/**
 * Passwords of ten and more characters that are guessed first, in small letters: those of zxcvbn's list, and ours.
 * The list is unpacked when a password is first chosen; it then costs three megabytes.
 */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  known ??= load()
  return known
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set([...dictionary['passwords-common'].filter(word => word.length >= shortest), ...ours])
}
