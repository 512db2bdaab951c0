"""The words of licences in many languages: the elements of Creative Commons' licences, and what is said without one."""

# ruff: noqa: E501, RUF001  # the words of one language stand together; letters of other scripts are what it is about

#: the names of each element, by code; a blank stands for any blank, hyphen or nothing
ELEMENTS = {
    "by": """
        attribution|namensnennung|paternité|reconocimiento|atribución|atribuição|attribuzione|naamsvermelding|
        uznanie autorstwa|атрибуция|с указанием авторства|указание авторства|зазначення авторства|
        із зазначенням авторства|авторство|uveďte autora|uveďte původ|erkännande|navngivelse|kreditering|namngjeving|
        navngi|nimeä|nimi mainittava|αναφορά δημιουργού|αναφορά|nevezd meg|forrás megjelölése|atribuire|
        alıntı|atıf|表示|署名|姓名標示|저작자 표시|저작자표시|نسب المصنف|نَسب المُصنَّف|ייחוס|atribusi|ghi công|
        ghi nhận công của tác giả|reconeixement|atribució|autorstvo|priznanje avtorstva|imenovanje|
        uvedenie autora|autorile viitamine|atsauce|priskyrimas|наведи извор|ауторство|признание|tilvísun|
        aitortu|recoñecemento|अट्रिब्यूशन|श्रेय|แสดงที่มา|انتساب|ذکر منبع|nimeäminen""",
    "sa": """
        share alike|weitergabe unter gleichen bedingungen|partage dans les mêmes conditions|
        partage à l'identique|partage des conditions initiales à l'identique|compartir igual|
        compartir bajo la misma licencia|compartilha igual|compartilhamento pela mesma licença|partilha nos mesmos termos|
        partilha nos termos da mesma licença|condividi allo stesso modo|stesso modo|gelijk delen|na tych samych warunkach|
        с сохранением условий|на тех же условиях|распространение на тех же условиях|поширення на тих самих умовах|
        на тих самих умовах|zachovejte licenci|dela lika|dela lika villkor|del på samme vilkår|
        del på like vilkår|jaa samoin|sama lisenssi|tarttuva|παρόμοια διανομή|διανομή με τους ίδιους όρους|
        ígyadd tovább|így add tovább|distribuire în condiții identice|partajare în condiții identice|
        lisansla paylaş|aynı lisansla paylaş|benzer paylaşım|継承|相同方式共享|以相同方式共享|相同方式分享|동일조건 변경허락|
        동일 조건 변경 허락|الترخيص بالمثل|المشاركة بالمثل|שיתוף זהה|berbagi serupa|chia sẻ tương tự|
        phân phối theo cùng giấy phép|compartir igual|dijeli pod istim uvjetima|deljenje pod istimi pogoji|
        deliti pod istim uslovima|делити под истим условима|rovnaké šírenie|jagamine samadel tingimustel|споделяне на споделеното|
        partekatu berdin|อนุญาตแบบเดียวกัน|اشتراک همانند|اشتراک یکسان|समान रूप से साझा""",
    "nc": """
        non commercial|not for commercial use|nicht kommerziell|keine kommerzielle nutzung|pas d'utilisation commerciale|
        pas d'utilisation à des fins commerciales|utilisation non commerciale|no comercial|sin uso comercial|não comercial|
        uso não comercial|non commerciale|niet commercieel|użycie niekomercyjne|некоммерческое использование|
        некоммерческая|с некоммерческим использованием|некомерційна|некомерційне використання|neužívejte dílo komerčně|
        neužívejte komerčně|nevyužívejte dílo komerčně|icke kommersiell|ikke kommerciel|ikke kommersiell|epäkaupallinen|
        ei kaupalliseen käyttöön|ei kaupallinen|μη εμπορική χρήση|μη εμπορική|όχι εμπορική χρήση|
        ne add el|nem kereskedelmi|necomercial|gayri ticari|gayriticari|ticari olmayan|非営利|非商业性使用|非商业性|非商业使用|
        非商業性|非商業性使用|비영리|غير التجاري|غير تجاري|לא מסחרי|שימוש לא מסחרי|non komersial|nonkomersial|
        phi thương mại|no comercial|nekomercijalno|nekomercialno|некомерцијално|nekomerčné použitie|
        mitteäriline eesmärk|некомерсиално|ez komertziala|ไม่ใช้เพื่อการค้า|غیر تجاری|गैर वाणिज्यिक""",
    "nd": """
        no derivatives|no derivs|no derivative works|no derivative|keine bearbeitung|keine bearbeitungen|
        pas de modification|pas de modifications|pas d'œuvre dérivée|pas de travaux dérivés|sin obra derivada|
        sin obras derivadas|sin derivadas|sin derivar|sem derivações|sem derivados|sem obras derivadas|
        vedada a criação de obras derivadas|proibição de realização de obras derivadas|
        non opere derivate|geen afgeleide werken|bez utworów zależnych|без производных произведений|
        без производных|без создания производных произведений|без похідних творів|без похідних|
        nezasahujte do díla|nezpracovávejte|inga bearbetningar|ingen bearbeidelse|ingen bearbejdelse|ingen bearbejdelser|
        ingen bearbeidelser|ei muutoksia|ei muokattavissa|ei jälkiperäisiä teoksia|όχι παράγωγα έργα|όχι παράγωγα|
        ne változtasd|ne változtasd meg|fără modificări|fără derivate|fără opere derivate|türetilemez|türetme yok|
        改変禁止|禁止演绎|禁止改作|변경 금지|변경금지|منع الاشتقاق|بدون اشتقاق|ללא יצירות נגזרות|איסור יצירות נגזרות|tanpa turunan|
        không phái sinh|không có tác phẩm phái sinh|sense obra derivada|sense obres derivades|bez prerada|
        brez predelav|без прерада|bez odvodených diel|tuletatud teoste keeld|без производни|lan eratorririk gabe|
        ห้ามดัดแปลง|غیر اشتقاقی|بدون اشتقاق""",
}
#: what stands before the elements
COMMONS = """creative commons|creativecommons|creative common|クリエイティブ コモンズ|クリエイティブ・コモンズ|知识共享|知識共享|创作共用|創用 cc|创用 cc|
    크리에이티브 커먼즈|المشاع الإبداعي|קריאייטיב קומונס|креатив коммонс|криэйтив коммонс|кріейтів коммонс"""
#: what makes of "creative commons" a licence
LICENCE = """licen*|lizen*|lisen*|lisanssi*|lisans*|licenc*|lincen*|litsents*|лиценз*|ліценз*|άδεια*|αδεια*|άδειας*|giấy phép*|lesen*|
    llicèn*|ライセンス|许可|許可|授權|授权|协议|協議|라이선스|라이센스|이용허락|이용 허락|ترخيص|رخصة|رخص|مجوز|پروانه|רישיון|רשיון|สัญญาอนุญาต|
    लाइसेंस|deed|unported|some rights reserved"""
#: works that no copyright covers
PUBLIC_DOMAIN = """public domain|no rights reserved|no known copyright restrictions|gemeinfrei*|domaine public|dominio público|domínio público|
    dominio pubblico|publiek domein|publieke domein|domena publiczna|domenie publicznej|domeny publicznej|общественное достояние|
    общественном достоянии|суспільне надбання|суспільному надбанні|volné dílo|allmän egendom|offentlig ejendom|
    falt i det fri|tekijänoikeudeton|κοινό κτήμα|közkincs*|domeniu public|domeniul public|kamu malı|
    パブリックドメイン|公有领域|公有領域|公共领域|公共領域|퍼블릭 도메인|ملكية عامة|الملكية العامة|נחלת הכלל|domain publik|phạm vi công cộng|
    domini públic|javno dobro|јавно власништво|обществено достояние|สาธารณสมบัติ|सार्वजनिक डोमेन|مالکیت عمومی"""
#: reservation of some
SOME = """some rights reserved|einige rechte vorbehalten|certains droits réservés|algunos derechos reservados|
    alguns direitos reservados|alcuni diritti riservati|sommige rechten voorbehouden|pewne prawa zastrzeżone|
    некоторые права защищены|niektóre prawa zastrzeżone|vissa rättigheter förbehållna|一部の権利を保有"""
#: reservation of every right
RESERVED = """all rights reserved|all rights are reserved|all right reserved|alle rechte vorbehalten|tous droits réservés|
    tous droits de reproduction*|tous les droits sont réservés|tous les droits réservés|todos los derechos reservados|reservados todos los derechos|
    derechos reservados|todos os direitos reservados|direitos reservados|tutti i diritti riservati|tutti i diritti sono riservati|
    diritti riservati|alle rechten voorbehouden|alle rechten zijn voorbehouden|wszelkie prawa zastrzeżone|wszystkie prawa zastrzeżone|
    prawa zastrzeżone|все права защищены|все права сохранены|все права принадлежат|всі права захищені|усі права захищені|всі права застережено|
    všechna práva vyhrazena|všetky práva vyhradené|alla rättigheter förbehållna|alla rättigheter reserverade|med ensamrätt|
    alle rettigheder forbeholdes|alle rettigheder forbeholdt|alle rettigheter reservert|alle rettigheter forbeholdt|
    kaikki oikeudet pidätetään|kaikki oikeudet pidätetty|με επιφύλαξη παντός δικαιώματος|επιφύλαξη παντός δικαιώματος|
    επιφύλαξη κάθε νόμιμου δικαιώματος|minden jog fenntartva|toate drepturile rezervate|toate drepturile sunt rezervate|
    tüm hakları saklıdır|tüm haklar saklıdır|her hakkı saklıdır|bütün hakları saklıdır|無断転載禁止|無断転載を禁*|無断複写・転載を禁*|
    無断複製・転載を禁*|全著作権所有|版权所有|版權所有|保留所有权利|保留所有權利|保留一切权利|不得转载|不得轉載|모든 권리 보유|무단전재 및 재배포 금지|
    무단 전재 및 재배포 금지|무단 전재*|무단전재*|جميع الحقوق محفوظة|كل الحقوق محفوظة|تمامی حقوق*|کلیه حقوق*|همه حقوق*|
    כל הזכויות שמורות|hak cipta dilindungi*|semua hak dilindungi|hak cipta terpelihara|mọi quyền được bảo lưu|
    bản quyền thuộc*|giữ toàn quyền|tots els drets reservats|drets reservats|sva prava pridržana|vse pravice pridržane|
    сва права задржана|sva prava zadržana|всички права запазени|kõik õigused kaitstud|kõik õigused reserveeritud|visas tiesības aizsargātas|
    visas tiesības paturētas|visos teisės saugomos|visos teisės ginamos|öll réttindi áskilin|eskubide guztiak*|todos os dereitos reservados|
    สงวนลิขสิทธิ์|सर्वाधिकार सुरक्षित|सभी अधिकार सुरक्षित|সর্বস্বত্ব সংরক্ষিত|அனைத்து உரிமைகளும்*|bütün hüquqlar qorunur|
    барлық құқықтар қорғалған|усе правы абаронены|усе правы ахоўваюцца|haki zote zimehifadhiwa|alle regte voorbehou|
    të gjitha të drejtat e rezervuara|ყველა უფლება დაცულია|բոլոր իրավունքները պաշտպանված են|सर्व हक्क राखीव|
    جملہ حقوق*|cedwir pob hawl"""


def words(listed: str) -> tuple[str, ...]:
    """Split a list of this module into its words."""
    return tuple(" ".join(word.split()) for word in listed.split("|") if word.strip())
