"""Names that robots.txt addresses when it means AI: who they belong to, and what they gather for.

Operators and uses are as they describe themselves, or as the public list ai.robots.txt describes them (2026-08).
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Use: TypeAlias = Literal["training", "search", "assistant"]


@dataclass(frozen=True, slots=True)
class Agent:
    """A product token, as robots.txt writes it."""

    token: str
    operator: str
    #: training of models and data sets sold for it; an index for AI search; pages fetched while somebody asks
    use: Use


_TRAINING = {
    "Ai2": ("AI2Bot", "Ai2Bot-Dolma"),
    "Amazon": ("Amazonbot",),
    "Anthropic": ("ClaudeBot", "anthropic-ai", "Claude-Web"),
    "Apple": ("Applebot-Extended",),
    "ByteDance": ("Bytespider", "TikTokSpider"),
    "Cohere": ("cohere-ai", "cohere-training-data-crawler"),
    "Common Crawl Foundation": ("CCBot",),
    "DeepSeek": ("DeepSeekBot",),
    "Diffbot": ("Diffbot",),
    "Google": ("Google-Extended",),
    "Huawei": ("PanguBot",),
    "ImageSift": ("ImagesiftBot",),
    "LAION": ("laion-huggingface-processor", "LAIONDownloader"),
    "Meta": ("Meta-ExternalAgent", "FacebookBot"),
    "NICT": ("ICC-Crawler",),
    "OpenAI": ("GPTBot",),
    "ROIS": ("Cotoyogi",),
    "SB Intuitions": ("SBIntuitionsBot",),
    "Timpi": ("Timpibot",),
    "Webz.io": ("omgili", "omgilibot", "Webzio-Extended"),
    "Yandex": ("YandexAdditional", "YandexAdditionalBot"),
    "img2dataset": ("img2dataset",),
}
_SEARCH = {
    "Amazon": ("Amzn-SearchBot",),
    "Anthropic": ("Claude-SearchBot",),
    "OpenAI": ("OAI-SearchBot",),
    "Perplexity": ("PerplexityBot",),
    "You.com": ("YouBot",),
}
_ASSISTANTS = {
    "Amazon": ("Amzn-User",),
    "Anthropic": ("Claude-User",),
    "DuckDuckGo": ("DuckAssistBot",),
    "Meta": ("Meta-ExternalFetcher",),
    "Mistral AI": ("MistralAI-User",),
    "OpenAI": ("ChatGPT-User",),
    "Perplexity": ("Perplexity-User",),
}


def _listed(use: Use, operators: dict[str, tuple[str, ...]]) -> tuple[Agent, ...]:
    return tuple(Agent(token, operator, use) for operator, tokens in operators.items() for token in tokens)


#: those whose exclusion says no to training
AGENTS = _listed("training", _TRAINING)
#: those whose exclusion says nothing of training
OTHER_AGENTS = (*_listed("search", _SEARCH), *_listed("assistant", _ASSISTANTS))
#: the product tokens of AGENTS
TRAINING = tuple(agent.token for agent in AGENTS)
