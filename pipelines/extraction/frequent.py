"""Words that are frequent in one language or another: text in sentences has them, menus and lists hardly do."""

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.kernels.keys import key_of, slot_of_key

#: lower case; of each language those that stand in nearly every sentence
WORDS = {
    "ar": "في من على إلى أن عن هذا هذه التي الذي مع كان لا ما قد كما بعد قبل بين كل أو ثم لم إن",
    "bg": "на и да се от за е не са с в по че като което който до при но през това има още ще",
    "ca": "el la els les de i que en un una per amb no es al del més però com són ha",
    "cs": "a v se na je že s z do o k i ve za pro jako by po ale si jsou od ze které byl",
    "da": "og i at det er en til på de med der af for ikke som den et har fra han var om",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an aus er hat dass sie nach wird bei einer um noch wie einem über so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei",
    "el": "και το να του η της με που την από για τα είναι των σε ο οι στο θα τη στην τον δεν τους αυτό",
    "en": "the of and to in a is that for it was on with as be he by are this at from not have or which his had but were they an their its has been who will would there can all one you if more when your about what so we our my she her out up no do into than them then these some could",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era",
    "et": "ja on ei et ka see oma mis kui oli aga siis või ning selle",
    "fa": "و در به از که این را با است برای آن یک خود تا بر هم نیز می",
    "fi": "ja on ei se että hän oli mutta ovat kun myös tai joka mukaan sekä niin ole",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux d'un cette ont mais comme ou si leur y dont elle sa ses nous vous été",
    "he": "של את על לא הוא עם זה גם כי אל או היא אני כל יותר אבל",
    "hi": "के में की है से को का और पर ने हैं यह भी कि एक कर इस लिए नहीं हो गया था",
    "hr": "je i u na se da za su od s a ne o kao koji će što iz bi ili ali sam nije",
    "hu": "a az és hogy nem is egy ez meg volt már csak de mint el van még ha",
    "id": "yang dan di dengan untuk dari ini pada dalam tidak adalah itu akan juga ke oleh atau telah bisa",
    "it": "di e che la il in a per un è non del una si da con i le della sono al nel come più gli alla dei ha anche ma lo delle se questo",
    "ko": "이 그 수 있는 것은 및 등 위해 대한 있다 한다 했다 것으로 하는 그리고",
    "lt": "ir kad į iš su yra tai ne kaip o bet per apie už buvo tik jau",
    "lv": "un ir ka ar no uz par kas arī bet tā lai kā vai",
    "nl": "de van het een en in is dat op te zijn met voor niet die aan er om ook als bij dan maar door naar uit over nog hij worden wordt heeft hebben was",
    "no": "og i det er på til som en for å med at av ikke de den har et var fra om",
    "pl": "w i z na do się nie że to jest o jak za od po a co przez dla ale są tym ich już tylko oraz który które",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está",
    "ro": "și de în a la cu pe din nu că o un este care pentru mai au fost sau prin dar se",
    "ru": "и в не на что с по как это к из у за от его но для о так же а то он все или мы были был до при когда было их она если только уже чтобы также которые который",
    "sk": "a v na je sa že s z do o ako pre by za po ale sú si k od ktoré",
    "sl": "je in v na da se za so z ki pa po ne kot od bi tudi s o",
    "sr": "је и у на се да за су од са а не о као који ће што из би или",
    "sv": "och i att det som en på är av för med till den har de inte om ett han men var från så vi kan",
    "th": "และ ที่ ใน ของ เป็น การ ได้ มี ให้ ไม่ จะ",
    "tr": "ve bir bu da de için ile olarak çok daha gibi olan var ne kadar ama sonra en",
    "uk": "в на і та що не з у до за як є це від для про але або його які його також при",
    "ur": "کے میں کی ہے اور سے کا کو پر نے یہ ہیں کہ بھی",
    "vi": "và của là có cho trong không được một các những với này đã để người khi từ",
    "zh": "的 是 了 在 和 不 有 我 这 他 也 就 中 人 们 上 为",
    "ja": "の に は を が と で た し て も な る",
}  # fmt: skip


def frequent_words() -> NDArray[np.uint64]:
    """Make the table of their keys, uint64[2^k]: probed onwards from `slot_of_key`, and 0 ends a search."""
    keys = {key_of(word) for words in WORDS.values() for word in words.split()}
    slots = np.zeros(4096, np.uint64)
    for key in sorted(keys):
        slot = slot_of_key(key, len(slots))
        while slots[slot]:
            slot = (slot + 1) % len(slots)
        slots[slot] = key
    slots.flags.writeable = False
    return slots
