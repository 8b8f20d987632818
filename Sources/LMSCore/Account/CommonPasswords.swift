/// The passwords of eight bytes or more that guessers try first, worldwide and in Indonesia.
enum CommonPasswords {
    /// - Parameter folded: The password in lower case.
    static func contains(_ folded: String) -> Bool {
        isRepetition(folded) || list.contains { $0 == folded }
    }

    /// `aaaaaaaa`, `12121212`, `abcabcabc`: a short piece over and over.
    private static func isRepetition(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return (1...3).contains { length in
            bytes.indices.dropFirst(length).allSatisfy { bytes[$0] == bytes[$0 - length] }
        }
    }

    private static let list: [Substring] = """
        12345678 123456789 1234567890 12345678910 0123456789 01234567 87654321 987654321 9876543210
        123123123 123321123 112233445566 11223344 147258369 159357456 741852963 789456123 123654789
        123456abc 123456789a 1234qwer 12345qwert 123qweasd 123qweasdzxc 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
        1qaz2wsx 1qaz2wsx3edc 1qazxsw2 a1234567 a12345678 a123456789 aa123456 aa12345678 abc12345
        abcd1234 abcdefgh abcdefghi abcdefg1 q1w2e3r4 q1w2e3r4t5 qazwsxedc qwer1234 qwerty12 qwerty123
        qwerty1234 qwertyui qwertyuiop qwertyuiop123 asdfghjk asdfghjkl asdf1234 asdfasdf asdfqwer zxcvbnm1
        zxcvbnm123 zaq12wsx zaq1zaq1 password password1 password12 password123 password1234 passw0rd
        p@ssw0rd p@ssword pa55word passwort passwords password! password1! letmein1 letmein123 welcome1
        welcome123 welcome2024 welcome2025 welcome2026 changeme changeme1 changeme123 admin123 admin1234
        administrator adminadmin root1234 rootroot default1 guest123 test1234 testtest testing1 testing123
        teacher1 teacher123 teacher1234 student1 student123 student1234 school123 learning classroom
        computer computer1 internet iloveyou iloveyou1 iloveyou2 iloveyou123 iloveyou! loveyou1 sunshine
        sunshine1 princess princess1 football football1 baseball baseball1 basketball superman superman1
        batman123 spiderman starwars starwars1 pokemon1 pokemon123 dragon123 monkey123 shadow123 master123
        michael1 jennifer jordan23 charlie1 jessica1 michelle samantha elizabeth victoria alexander
        christian danielle nicholas benjamin jonathan trustno1 whatever whatever1 freedom1 liverpool
        liverpool1 chelsea1 arsenal1 barcelona realmadrid juventus manchester chocolate butterfly
        strawberry blink182 cristiano ronaldo7 slipknot metallica corvette mercedes ferrari1 lovelove
        mylove123 babygirl babygirl1 sweetheart angel123 hello123 hello1234 helloworld google123 facebook
        facebook1 whatsapp instagram samsung1 samsung123 android1 microsoft windows1 minecraft minecraft1
        naruto123 onepiece doraemon1 anime123 killer123 gangster secret123 mypassword mypass123 pass1234
        pass12345 passpass login123 access14 security qwe12345 qweasdzxc qwe123qwe zxcasdqwe zxcv1234
        indonesia indonesia1 indonesia123 indonesiaku merdeka1 merdeka45 merdeka123 merdeka17 garuda123
        pancasila jakarta1 jakarta123 bandung1 bandung123 surabaya surabaya1 yogyakarta semarang
        semarang1 malang123 medan123 makassar palembang denpasar balikpapan samarinda pontianak
        bismillah bismillah1 bismillah123 bismilah alhamdulillah alhamdulilah assalamualaikum subhanallah
        astaghfirullah insyaallah masyaallah muhammad muhammad1 muhammad123 allahuakbar allah123 islam123
        ramadhan ramadan1 sayangku sayang123 sayangkamu sayangmama sayangibu akusayangkamu akucintakamu
        cintaku1 cintaku123 cinta123 cintamu1 rahasia1 rahasia123 rahasiaku katasandi katasandi1 sandi123
        kucing123 anjing123 ganteng1 ganteng123 cantik123 cantik12 jomblo123 bersama1 semangat semangat1
        semangat123 sukses123 pelajar1 pelajar123 siswa123 siswa1234 guru1234 guruku123 sekolah1
        sekolah123 belajar1 belajar123 smansa123 persib1933 persija1928 persebaya persebaya1927 arema1987
        doraemon bangsat1 anjing12 kampret1 mantap123 terserah lupalagi gakingat gaktau123 akulupa1
        """.split { $0 == " " || $0 == "\n" }
}
