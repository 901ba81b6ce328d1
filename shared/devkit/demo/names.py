"""The invented people of the demo programme.

Nobody here exists: first and last names from many places were put together by chance. They are chosen to test what real
names bring along: letters that sort or change case in their own way (ğ, ş, İ, Ł, ệ), scripts other than Latin, double
names that do not fit on one line, a person with one name only. Sex, origin and religion are not recorded anywhere.
"""

from dataclasses import dataclass

MAIL_DOMAIN = "memo-demo.example"


@dataclass(frozen=True)
class DemoPerson:
    """One invented person.

    `key` is stable and unique; other demo data refer to it. `language` is one of the platform's interface languages.
    `mailbox` is the part before the @, or None for a person without e-mail, who signs in with a printed slip.
    """

    key: str
    full_name: str
    language: str
    mailbox: str | None

    @property
    def email(self) -> str | None:
        """The address at the reserved domain, which no mail can ever leave for."""
        return f"{self.mailbox}@{MAIL_DOMAIN}" if self.mailbox else None


def _person(key: str, full_name: str, language: str = "de") -> DemoPerson:
    return DemoPerson(key, full_name, language, key)


def _person_without_mail(key: str, full_name: str, language: str = "de") -> DemoPerson:
    return DemoPerson(key, full_name, language, None)


#: Who runs the programme: office, authority, staff of the carriers, trainers.
STAFF: tuple[DemoPerson, ...] = (
    _person("office.friederike", "Friederike Nachtigall-Özmen"),
    _person("office.joao", "João Sommerfeld"),
    _person("authority.hartmut", "Hartmut Wiesengrund"),
    _person("carrier.magdalena", "Magdalena Wójtowska-Uhl"),
    _person("carrier.tuncay", "Tuncay Kırlangıç"),
    _person("carrier.ines", "Ines Bergamotti"),
    _person("carrier.ruth", "Ruth Apfelbach"),
    _person("carrier.emeka", "Emeka Ndubuisi-Lang"),
    _person("trainer.carolin", "Carolin Federspiel"),
    _person("trainer.dursun", "Dursun İlkbahar"),
    _person("trainer.eleni", "Eleni Papatriantou"),
    _person("trainer.konrad", "Konrad Silberdistel"),
    _person("trainer.leyla", "Leyla Mirzabeki"),
    _person("trainer.patrice", "Patrice Mbalanda"),
    _person("trainer.svetlana", "Svetlana Jasnopolska"),
    _person("trainer.uwe", "Uwe Haferkorn"),
)

#: Members and boards of the associations.
MEMBERS: tuple[DemoPerson, ...] = (
    _person("amina", "Amina Belkacemi-Roth"),
    _person("yusuf", "Yusuf Dağdeviren", "tr"),
    _person("nour", "نور الحلاقي", "ar"),
    _person_without_mail("bahar", "Bahar Gümüşsoy", "tr"),
    _person("oleksandra", "Олександра Вербицька", "en"),
    _person("tomasz", "Tomasz Łąkowicz"),
    _person("wanjiru", "Wanjiru Kamandero", "en"),
    _person("giulia", "Giulia Pietrasanti"),
    _person_without_mail("fatuma", "Fatuma", "de-x-einfach"),
    _person("marek", "Marek Svobodnický"),
    _person("anna", "Anna-Katharina Freifrau-Wallenstätter van der Meulen-Oyelaran"),
    _person("samir", "Samir Qadiroglu"),
    _person("thi_mai", "Nguyễn Thị Mai Phương"),
    _person("dimitris", "Δημήτρης Καλλιστράτου"),
    _person("rosa", "Rosa Quispe Amaru"),
    _person("kwame", "Kwame Asantehene-Boadu", "en"),
    _person("sibel", "Sibel Işıkdağ", "tr"),
    _person("ismail", "İsmail Şahbazoğlu", "tr"),
    _person("vjosa", "Vjosa Krasniqaj"),
    _person("besnik", "Besnik Dardanori"),
    _person("ioana", "Ioana Crângașu"),
    _person("radu", "Radu Țepeșel"),
    _person("milica", "Milica Đorđanić"),
    _person("ante", "Ante Škarpinović"),
    _person("selam", "Selam Tesfagabir", "de-x-einfach"),
    _person("yonas", "Yonas Woldeselassi", "de-x-einfach"),
    _person("parisa", "Parisa Golestanipur"),
    _person("farhad", "Farhad Ahangarzad", "de-x-einfach"),
    _person("zsofia", "Zsófia Körtvélyfái"),
    _person("bence", "Bence Őszirózsás"),
    _person("priya", "Priya Ramanujachari", "en"),
    _person("arjun", "Arjun Devanathar", "en"),
    _person("mariam", "مريم الزيتوني", "ar"),
    _person("khaled", "Khaled Al-Bustani", "ar"),
    _person_without_mail("hayat", "Hayat Benchekroun-Adler", "de-x-einfach"),
    _person("lin", "Lin Xiaoyue"),
    _person("minh", "Trần Minh Đạo"),
    _person("agnieszka", "Agnieszka Brzozowicz-Schmälzle"),
    _person("pawel", "Paweł Żurawiński"),
    _person("eirini", "Eirini Thalassinou"),
    _person("nikola", "Никола Ветровић", "de"),
    _person("carmen", "Carmen Delavega-Iturri"),
    _person("diego", "Diego Arroyolindo"),
    _person("chiamaka", "Chiamaka Okonkwelu", "en"),
    _person("tunde", "Tunde Adebamowa", "en"),
    _person("esra", "Esra Çağlayançe", "tr"),
    _person("hueseyin", "Hüseyin Yağmurdereli", "tr"),
    _person("gulnara", "Gulnara Tursynbajewa"),
    _person("rustam", "Rustam Ibragimzade", "en"),
    _person_without_mail("wolete", "Wolete", "de-x-einfach"),
    _person("mamadou", "Mamadou Diallonké"),
    _person("aissatou", "Aïssatou Sowékaba"),
    _person("jelena", "Jelena Mirkowitsch-Baumgärtner"),
    _person("sandeep", "Sandeep Kaurwal", "en"),
    _person("natalia", "Natalia Wolkenstein-Petrowa"),
    _person("viktor", "Viktor Bernsteinow"),
    _person("rojda", "Rojda Çiçekdağlı"),
    _person("azad", "Azad Berwariyan", "de-x-einfach"),
    _person("luciana", "Luciana Monteclaro da Silveirinha"),
    _person("paulo", "Paulo Figueirinhas"),
    _person("sumaya", "Sumaya Haidarkhel", "de-x-einfach"),
    _person("omid", "Omid Nurzaiwand"),
    _person("ubah", "Ubah Warsamaale", "de-x-einfach"),
    _person("theodora", "Theodora Morgenstern-Anagnostaki"),
)

PEOPLE: tuple[DemoPerson, ...] = STAFF + MEMBERS

#: Key -> person.
PEOPLE_BY_KEY: dict[str, DemoPerson] = {person.key: person for person in PEOPLE}
