"""Nouns that several event rules share."""

# Nouns for people and bodies whose "of", "from" or possessive phrase says whom they act for.
# Origin: own list of the words that press reports use for negotiators.
BODY_NOUNS = frozenset(
    """leader president minister premier chancellor king official representative delegation delegate diplomat
    negotiator envoy ambassador government authority head chief team side party secretary state mediator general
    commander country nation member group council ministry cabinet administration counterpart foreign prime
    spokesman spokeswoman adviser advisor aide lawmaker leadership chairman director commissioner parliament
    rebel militant guerrilla insurgent faction movement opposition emir sultan prince crown vice deputy
    monarch ruler pope patriarch""".split()
)
