"""What is said around licences, in many languages; `*` lets a word go on."""

# ruff: noqa: E501, RUF001  # the words of one language stand together; letters of other scripts are what it is about

#: that a page, a site or what they hold is licensed
GRANT = """licensed under|licenced under|is licensed*|are licensed*|released under|published under|available under|provided under|
    distributed under|shared under|licensed by|under a creative commons|under the terms of|under the creative commons|content under|
    under a cc|under cc|covered by a creative commons|subject to the creative commons|licensed to the public|use this work under|
    lizenziert|lizensiert|lizenziert unter*|steht unter|stehen unter|unter einer creative commons|unter der lizenz|unter folgender lizenz|
    unter einer lizenz|unter lizenz|verfügbar unter|veröffentlicht unter|unterliegt der|unterliegen der|unter den bedingungen der|
    sous licence*|sous une licence|sous la licence|sous contrat|mis à disposition selon|mise à disposition selon|mis à disposition sous|
    selon les termes de la licence|est mis à disposition|sont disponibles sous|disponible sous|publié sous|
    bajo licencia|bajo una licencia|bajo la licencia|bajo los términos|bajo creative commons|licenciado bajo|se distribuye bajo|
    disponible bajo|está bajo una|sujeto a la licencia|publicado bajo|
    sob licença|sob uma licença|sob a licença|licenciado sob|licenciada sob|está licenciado|disponível sob|nos termos da licença|
    distribuito con licenza|distribuita con licenza|distribuiti con licenza|con licenza|sotto licenza|rilasciato con|rilasciato sotto|
    disponibile sotto|disponibile secondo i termini|secondo i termini della licenza|pubblicato con|è distribuito|
    onder een licentie|onder de licentie|onder licentie|onder een creative commons|gelicentieerd|gelicenseerd|valt onder|beschikbaar onder|
    na licencji|jest dostępny na|dostępna na licencji|dostępne na licencji|udostępniany na|udostępniane na|objęte licencją|
    на условиях лицензии|под лицензией|по лицензии|доступно по|доступен по|распространяется на|лицензируется|лицензировано|
    на умовах ліцензії|під ліцензією|за ліцензією|доступний на умовах|ліцензовано|поширюється на|
    pod licencí|podléhá licenci|je licencován*|dostupný pod|dostupné pod|šířen pod|pod licenciou|je dostupný za podmienok|
    licensierad under|licensierat under|under en creative commons|under licensen|är licensierad|tillgänglig under|
    er licenseret under|licenseret under|under en licens|tilgængelig under|udgivet under|
    lisensiert under|er lisensiert|under en lisens|tilgjengelig under|utgitt under|
    lisensoitu*|lisenssillä|on lisenssoitu*|käytettävissä lisenssillä|julkaistu lisenssillä|
    διατίθεται υπό|διατίθεται με|υπό την άδεια|με άδεια|υπό άδεια|διανέμεται με|χορηγείται με άδεια|αδειοδοτείται|
    licenc alatt|licence alatt|licenc feltételei|licenc szerint|felhasználható a|feltételei szerint érhető el|
    sub licența|sub o licență|sub licență|este licențiat*|disponibil sub|pusă la dispoziție sub|
    lisansı altında|lisansı ile lisanslan*|lisansıyla|ile lisanslanmıştır|lisanslanmıştır|lisansı kapsamında|lisanslıdır|
    の下に提供されています|の下で提供されています|の下でライセンス*|ライセンスの下|ライセンスで公開|ライセンスに基づ*|ライセンスされています|の下に公開|で提供されています|許諾されています|
    许可协议授权|采用知识共享|基于知识共享|许可协议进行许可|许可协议发布|协议发布|进行许可|许可协议|授权条款释出|授权协议|本站采用|采用cc|采用 cc|遵循|协议授权|
    授權條款釋出|授權條款|採用創用|採用知識共享|採用 cc|以創用|條款授權|授權釋出|
    라이선스에 따라*|라이선스 하에*|라이선스를 따릅니다|라이선스가 적용*|이용할 수 있습니다|라이선스로 배포*|에 따라 이용할 수|
    مرخص بموجب|مرخصة بموجب|بموجب رخصة|بموجب ترخيص|تحت رخصة|تحت ترخيص|منشور تحت|متاح تحت|متاحة تحت|
    מורשה תחת|ברישיון|תחת רישיון|תחת רשיון|לפי רישיון|בכפוף לרישיון|מופץ תחת|ברשיון|
    تحت مجوز|تحت پروانه|تحت لیسانس|منتشر شده تحت|تحت اجازه‌نامه|با مجوز|طبق مجوز|
    के तहत लाइसेंस|के अंतर्गत लाइसेंस|लाइसेंस के तहत|लाइसेंस के अंतर्गत|के तहत उपलब्ध|के अन्तर्गत उपलब्ध|
    อนุญาตภายใต้|ภายใต้สัญญาอนุญาต|ใช้สัญญาอนุญาต|เผยแพร่ภายใต้|ภายใต้ใบอนุญาต|
    theo giấy phép|dưới giấy phép|được cấp phép|được phát hành theo|cấp phép theo|tuân theo giấy phép|
    dilisensikan di bawah|di bawah lisensi|berlisensi|tersedia di bawah|dengan lisensi|dilesenkan di bawah|
    subjecte a una llicència|sota llicència|sota una llicència|sota la llicència|està subjecte a|disponible sota|
    лиценциран под|под лиценз|достъпно под|под лиценцом|под лиценцијом|pod licencom|pod licenco|na voljo pod|dostupno pod|
    litsentsi all|litsentsiga|licencēts saskaņā|saskaņā ar licenci|pagal licenciją|licencijuota pagal|
    lizentziapean|baixo licenza|baixo unha licenza|undir leyfinu|ar gael faoi|dan drwydded|লাইসেন্সের অধীনে|লাইসেন্সের আওতায়|
    உரிமத்தின் கீழ்|disebarkan di bawah|sa ilalim ng lisensya|lisenziya altında|lisenziyası əsasında|leseni ya|onder die lisensie"""
#: that something other than the text is spoken of
MEDIA = """photo|photos|photograph*|photo by|photo credit*|picture*|pictures|image|images|img|illustration*|artwork|thumbnail*|
    icon|icons|iconset|icon set|favicon|font|fonts|webfont*|typeface*|theme|themes|template|templates|wordpress theme|website design|web design|
    design by|layout by|stylesheet|css|javascript|plugin|widget|map|maps|map data|map tiles|tiles|openstreetmap*|osm|leaflet|mapbox|
    geonames|video|videos|film|footage|music|song|soundtrack|audio|sound effects|clipart|clip art|logo|banner|avatar|
    flickr|wikimedia commons|commons wikimedia*|wikimedia|unsplash|pixabay|pexels|deviantart|instagram|youtube|vimeo|soundcloud|
    freesound|fontawesome|font awesome|glyphicons|famfamfam|freepik|flaticon|noun project|getty images|shutterstock|
    foto|fotos|fotos von|foto von|fotografie*|bild|bilder|bild von|bildquelle*|bildnachweis*|abbildung*|titelbild|schriftart*|schrift von|
    symbole von|karte|karten|kartendaten|kartenmaterial|vorlage von|musik|
    crédit photo|crédits photo|crédits photos|photographie*|carte|cartes|image par|images par|illustrations par|icône*|police de caractères|vidéo|vidéos|thème|musique|fond de carte|
    fotografía*|imagen|imágenes|imagen de|crédito de la foto|ilustración|ilustraciones|iconos de|mapa|mapas|vídeo|plantilla|fuente tipográfica|música|
    imagem|imagens|ícones|crédito da foto|créditos da imagem|ilustração|tema por|modelo por|fonte tipográfica|
    immagine|immagini|fotografia|fotografie|foto di|icone di|mappa|mappe|musica di|
    afbeelding*|afbeeldingen|kaartgegevens|pictogrammen|lettertype|beeld van|
    zdjęcie|zdjęcia|fot|grafika|ikony|ilustracja|obraz|mapy|czcionka|szablon|muzyka|
    фото|фотограф*|изображени*|картинк*|иллюстраци*|иконк*|шрифт|карта|карты|видео|музык*|шаблон|тема оформления|
    зображення|світлин*|ілюстраці*|карти|відео|музика|
    obrázek|obrázky|fotografie|ikony|mapová data|písmo|šablona|hudba|obrázok|
    bild av|bilder av|fotograf|ikoner|kartdata|typsnitt|billede|billeder|kort|ikoner|skrifttype|bilde|bilder fra|kartdata|skrifttype|
    kuva|kuvat|valokuva*|kuvaaja|kartta|fontti|ikonit|kuvan lähde|
    φωτογραφί*|εικόνα|εικόνες|εικονίδια|χάρτης|γραμματοσειρά|βίντεο|μουσική|
    fénykép*|fotó|fotók|kép|képek|ikonok|térkép*|betűtípus|videó|zene|
    imagine|imagini|fotografii|pictograme|hartă|hărți|videoclip|muzică|
    fotoğraf*|resim|resimler|görsel|görseller|simgeler|harita|yazı tipi|müzik|
    写真|画像|イラスト|アイコン|フォント|動画|地図|音楽|テンプレート|テーマ|图片|照片|插图|图标|字体|视频|地图|音乐|主题|模板|圖片|圖像|插圖|圖示|字型|影片|地圖|音樂|佈景主題|
    사진|이미지|그림|아이콘|폰트|글꼴|동영상|지도|음악|테마|템플릿|
    صورة|الصورة|الصور|صور|خريطة|أيقونات|خط|فيديو|موسيقى|قالب|عکس|تصویر|تصاویر|نقشه|آیکون*|قلم|ویدئو|پوسته|
    תמונה|תמונות|צילום|צילומים|איור|מפה|גופן|סרטון|מוזיקה|אייקונים|תבנית|
    चित्र|फ़ोटो|फोटो|छवि|मानचित्र|वीडियो|फ़ॉन्ट|संगीत|ภาพ|รูปภาพ|ภาพถ่าย|แผนที่|วิดีโอ|ฟอนต์|เพลง|ไอคอน|ธีม|
    ảnh|hình ảnh|bản đồ|biểu tượng|phông chữ|âm nhạc|gambar|foto oleh|peta|ikon|fon|templat|fotografies|imatge|imatges"""
#: that the licence named is not this page's
NEGATION = """not licensed under|not licensed|isn't licensed*|aren't licensed*|is not under|are not under|not available under|not covered by|not released under|
    not subject to|without a license|without a licence|no license|no licence|unlicensed|does not apply|do not apply|doesn't apply|not included in|
    excluded from|are excluded|is excluded|not part of|no longer licensed*|ohne lizenz|nicht lizenziert|nicht unter der|nicht unter einer|
    nicht unter|steht nicht unter|stehen nicht unter|ausgenommen|nicht von der lizenz|fällt nicht unter|
    n'est pas sous|ne sont pas sous|pas sous licence|sans licence|n'est pas soumis|non couvert par|ne s'applique pas|à l'exclusion|sont exclus|
    no está bajo|no están bajo|sin licencia|no se aplica|no licenciado|no está licenciado|no está sujeto|no se encuentra bajo|quedan excluidos|
    não está sob|não estão sob|sem licença|não licenciado|não se aplica|não está licenciado|
    non è sotto|non sono sotto|senza licenza|non è distribuito|non è rilasciato|non si applica|non è coperto|
    niet onder|zonder licentie|niet gelicentieerd|valt niet onder|niet van toepassing|
    nie jest objęty|nie jest na licencji|bez licencji|nie są objęte|nie dotyczy|
    не лицензир*|без лицензии|не по лицензии|не под лицензией|не распространяется|не доступно по|
    не ліцензован*|без ліцензії|не під ліцензією|не поширюється|
    není licencován*|bez licence|nepodléhá|nevztahuje se|nie je licencovan*|bez licencie|
    inte licensierad|utan licens|omfattas inte|gäller inte|inte under|ikke licenseret|uden licens|gælder ikke|ikke under|ikke lisensiert|uten lisens|gjelder ikke|
    ei ole lisensoitu*|ilman lisenssiä|ei koske|ei kuulu|
    δεν διατίθεται|χωρίς άδεια|δεν καλύπτεται|δεν ισχύει|
    nem licenc*|licenc nélkül|nem vonatkozik|nem tartozik|
    nu este licențiat*|fără licență|nu se aplică|nu este sub|
    lisanslı değil*|lisanssız|lisansı altında değil*|geçerli değil*|kapsamında değil*|
    ライセンスされていません|ライセンスなし|ライセンス対象外|適用されません|対象外|を除く|
    未经许可|未授权|不适用|不在许可|不包括|没有许可|未經授權|不適用|不包括在|
    라이선스가 없*|적용되지 않*|라이선스 제외|제외됩니다|
    غير مرخص*|بدون ترخيص|بدون رخصة|لا ينطبق|لا تخضع|ليست تحت|ليس تحت|بدون مجوز|تحت مجوز نیست|شامل نمی*|
    ללא רישיון|אינו מורשה|לא תחת|אינו תחת|אינם תחת|לא חל|
    लाइसेंस नहीं|लागू नहीं|ไม่ได้อนุญาต|ไม่รวม|ไม่อยู่ภายใต้|
    không được cấp phép|không theo giấy phép|không áp dụng|không có giấy phép|
    tidak dilisensikan|tanpa lisensi|tidak berlaku|tidak termasuk|tidak di bawah lisensi|
    no està sota|sense llicència|no s'aplica|није под лиценцом|nije pod licencom|ni pod licenco|не е под лиценз"""
#: reservations that leave the licence standing, though they begin like a negation
EXCEPTION = """unless otherwise|except where otherwise|unless stated otherwise|unless noted otherwise|except where noted|if not otherwise|
    not licensed otherwise|sofern nicht anders|soweit nicht anders|wenn nicht anders|sauf mention contraire|sauf indication contraire|
    salvo que se indique lo contrario|salvo indicación contraria|excepto donde se indique|salvo indicação em contrário|exceto onde|
    salvo diversa indicazione|eccetto dove|tenzij anders|o ile nie zaznaczono inaczej|jeśli nie zaznaczono inaczej|если не указано иное|
    якщо не зазначено інше|není-li uvedeno jinak|om inte annat|medmindre andet|med mindre annet|ellei toisin|
    εκτός αν αναφέρεται|ha másként nem|dacă nu se specifică altfel|aksi belirtilmedikçe|特に記載のない限り|特に明記されていない限り|除非另有|除非另有說明|除非特别|
    별도로 명시*|ما لم يذكر*|אלא אם*|مگر آنکه*|जब तक अन्यथा|trừ khi|kecuali dinyatakan*|llevat que"""

#: the page itself, its text, its site
OWN = """this work|this page|this site|this website|this article|this blog|this text|this content|this post|this document|
    this wiki|this book|this documentation|content|contents|text|texts|articles|our work|all work|material|materials|
    documentation|dieser inhalt|diese seite|dieses werk|dieser artikel|dieser text|inhalt|inhalte|texte|artikel|webseite|
    ce contenu|cette page|cet article|ce site|cette œuvre|ce texte|contenu|contenus|textes|articles du|
    este contenido|esta página|este artículo|esta obra|este sitio|este blog|contenido|contenidos|textos|
    este conteúdo|este artigo|conteúdo|questo contenuto|questo articolo|quest'opera|questo sito|contenuti|testi|
    deze pagina|deze site|dit werk|inhoud|teksten|treść|treści|teksty|ten utwór|strona|этот текст|эта статья|этот сайт|
    содержимое|материалы|тексты|статьи|контент|цей текст|матеріали|obsah|texty|innehåll|innehållet|texterna|indhold|
    innhold|sisältö|tekstit|περιεχόμενο|κείμενα|tartalom|szövegek|conținutul|içerik|metinler|本作品|本文|本网站|本網站|本页面|内容|
    文章|文本|このサイト|この記事|コンテンツ|本サイト|文書|콘텐츠|본문|이 글|게시물|المحتوى|هذا العمل|النص|התוכן|היצירה|konten|nội dung|bài viết"""
