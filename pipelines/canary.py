"""Canaries: texts that go wrong in every way that rules look for; a rule that drops none of them is dead.

Dolma's published mixing configurations test an attribute that its tagger does not emit, and limits of FineWeb-2 lie
outside what can be measured; neither fails, both keep everything. `vitrine check` sends the canaries through a recipe.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from filters.document import DOCUMENT
from filters.texts import Texts
from pipelines.edits.apply import edit
from pipelines.edits.edit import Edit
from pipelines.recipe import Recipe

PROSE = (
    "The ferry left the harbour at dawn, and nobody on the quay had thought that the storm would be back so soon. "
    "She counted the crates twice; there were fourteen of them, with the name of the island on every lid. "
    "It was to be the last crossing of the year. Have you ever seen the sea that grey? My brother had, once, when he "
    "sailed to the north with a crew of nine. Their engine stopped within sight of land, so they waited, and sang old "
    "songs until someone threw a rope from the pier. Nobody slept that night. "
)
FRENCH = "Le bateau quitte le port à l'aube, et personne sur le quai ne pense que la tempête va revenir si tôt. "
#: fullwidth marks are what it is about
CHINESE = "渡轮在黎明时分离开了港口，码头上没有人想到暴风雨会这么快回来。她把箱子数了两遍。"  # noqa: RUF001

#: what each goes wrong in: a text, and the address of its page
CANARIES: Mapping[str, tuple[str, str]] = {
    "prose, which nothing should be wrong with": (PROSE, "https://ferry.example/log"),
    "one word": ("word", "https://a.example/"),
    "a few words": ("only these five words here", "https://a.example/"),
    "very many words": (PROSE * 2500, "https://a.example/"),
    "one-letter words": ("a b c d e f g h i j " * 40, "https://a.example/"),
    "endless words": ("pneumonoultramicroscopicsilicovolcanoconiosis" * 30 + " ", "https://a.example/"),
    "long words": ("counterrevolutionaries electroencephalographically " * 60, "https://a.example/"),
    "number signs": ("#sea #sun #sand and more " * 40, "https://a.example/"),
    "ellipses": ("so it goes on... and on… " * 40, "https://a.example/"),
    "bullets": ("- an item of the list\n• another one\n" * 40, "https://a.example/"),
    "cut-off lines": ("the tide comes in and then...\nit goes out again…\n" * 40, "https://a.example/"),
    "numbers": ("12 345 6789 0.5 1,000 2026-07-20 " * 60, "https://a.example/"),
    "no stop words": ("cheap shoes online discount sale brand outlet " * 40, "https://a.example/"),
    "one stop word often": ("the cat the dog the bird the fish " * 40, "https://a.example/"),
    "one line again and again": ("The same line is here once more.\n" * 60, "https://a.example/"),
    "stars": ("* an item of the list\n● another one\n" * 40, "https://a.example/"),
    "one paragraph again and again": ((PROSE[:109] + "\n\n") * 30, "https://a.example/"),
    "one sentence again and again": ("we sell the best boats of the bay and " * 60, "https://a.example/"),
    "short lines": ("Home\nNews\nSport\nWeather\nLog in\n" * 20, "https://a.example/"),
    "lines without an end": ("a line of some eight words has no end\n" * 40, "https://a.example/"),
    "lines of three words": ("some three words\nand three more\n" * 40, "https://a.example/"),
    "a line for each word": ("one\ntwo\nthree\nfour\nfive\n" * 40, "https://a.example/"),
    "code": ("function f(x) { return {a: [x], b: (x)}; }\n" * 40, "https://a.example/"),
    "javascript": (("Please enable javascript to view this page properly.\n" * 10) + PROSE, "https://a.example/"),
    "lorem ipsum": ("Lorem ipsum dolor sit amet, consectetur adipiscing elit. " * 20, "https://a.example/"),
    "policies": ("By using it you accept our terms of use and privacy policy.\n" * 30, "https://a.example/"),
    "rights reserved": ("All rights reserved. Terms of service. Privacy policy.\n\n" * 30, "https://a.example/"),
    "counters": ("3 likes\n12 comments\n7 shares\nRead more...\nSign-in\n" * 30, "https://a.example/"),
    "shouting": ("BUY NOW OR REGRET IT FOREVER SAID THE SELLER\n" * 40, "https://a.example/"),
    "punctuation": ("!?!? ,,,, ;;;; (((( )))) ---- " * 60, "https://a.example/"),
    "brackets": ("(one) (two) [three] (four) {five} " * 60, "https://a.example/"),
    "symbols": ("▲ ◆ ★ ● ▼ ♥ ☎ © ® ™ € £ " * 60, "https://a.example/"),
    "symbol lines": ("| one | two |\n| 1 | 2 |\n||\n" * 60, "https://a.example/"),
    "white space": (("word" + " " * 40 + "\t\n") * 40, "https://a.example/"),
    "addresses of pages": ("https://a.example/x?y=1&z=2 http://b.example/long/path/of/it " * 40, "https://a.example/"),
    "titles": ("Title Case Is Used In Every Word Of It " * 40, "https://a.example/"),
    "another language": (FRENCH * 20, "https://a.example/"),
    "another script": (CHINESE * 40, "https://a.example/"),
    "two languages": ((PROSE + "\n" + FRENCH + "\n" + CHINESE + "\n") * 5, "https://a.example/"),
    "no language": ("qx zzv ekkk pth bzzr kwq " * 40, "https://a.example/"),
    "wrong letters": ("Ã©Ã¨ Â» â€™ Ã¼ber cafÃ© naÃ¯ve " * 40, "https://a.example/"),
    "people's data": ("Write to ann@shop.example or call +49 30 901820 from 8.8.8.8. " * 20, "https://a.example/"),
    "bad words": ("xxx porn hot sex tube videos free porn " * 40, "https://free-porn-sex-xxx-tube.example/porn/xxx"),
    "soft words in the address": (PROSE, "https://a.example/babes/ass/anus"),
    "a listed host": (PROSE, "https://pornhub.com/"),
    "a listed address": (PROSE, "https://tumblr.com/just-an-average-dad"),
    "a listed address in the text": ("See https://x.example/porn for all of it. " * 20, "https://a.example/"),
    "one-letter sentences": ("a b c d e f g h i j.\n" * 40, "https://a.example/"),
    "number signs in sentences": ("#sea #sun #sand and more of it.\n" * 40, "https://a.example/"),
    "sentences as bullets": ("- an item of the list.\n" * 40, "https://a.example/"),
    "sentences as stars": ("* an item of the list.\n" * 40, "https://a.example/"),
    "one word again and again": (("la " * 300 + "la.\n") * 2, "https://a.example/"),
    "sentences with brackets": ("We write {this} in every single line of it.\n" * 40, "https://a.example/"),
    "sentences with bad words": ("There is free porn for all of you to see here.\n" * 40, "https://a.example/"),
    "an address on the lists": (PROSE, "https://www.pornhub.com/view"),
}
#: the same of what is said of rights: columns of a document that is as good as any otherwise
RIGHTS = {
    "all rights reserved": {"stated_licence": "LicenseRef-all-rights-reserved", "licence_confidence": 0.9},
    "no derivatives": {"stated_licence": "CC-BY-NC-ND-4.0", "licence_confidence": 0.9},
    **{
        f"denied by {signal}": {"stated_consent": f"{signal}/{place}/*=deny"}
        for signal, place in (
            *(("robots_meta", "html"), ("x_robots_tag", "header"), ("tdmrep", "html"), ("content_usage", "header")),
            *(("content_signal", "file"), ("rsl", "html"), ("ai_txt", "file"), ("robots_txt", "file")),
        )
    },
}


def canaries() -> pa.RecordBatch:
    """Make the batch of canaries."""
    rows = [{"id": name, "text": text, "url": url} for name, (text, url) in CANARIES.items()]
    rows += [{"id": name, "text": PROSE, "url": "https://a.example/"} | said for name, said in RIGHTS.items()]
    return pa.RecordBatch.from_pylist(rows, schema=DOCUMENT)


def alive(recipe: Recipe, resources: Mapping[str, Any]) -> dict[str, list[str]]:
    """Name for each filter that judges the canaries that it measures and drops; none: it is dead.

    What cannot be measured does not count, and costly filters are asked about all.
    """
    texts = Texts(canaries(), resources, recipe.units)
    names = texts.batch.column("id")
    found: dict[str, list[str]] = {}
    for step in recipe.steps:
        if isinstance(step, Edit):
            texts = edit(texts, (step,))[0].left_of(texts)
            continue
        if not step.enforced:
            continue
        kept = np.asarray(pc.fill_null(step.keep(step.measure(texts)), fill_value=True))
        found[step.column] = names.filter(pa.array(~kept)).to_pylist()
    return found
