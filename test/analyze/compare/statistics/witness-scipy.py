"""What SciPy makes of the functions of the tests: python3 witness-scipy.py > witness-scipy.json"""

import json
import math

import scipy
from scipy import special, stats

DEGREES = [1, 1.5, 2, 3, 4.2, 8, 18, 99.5, 250, 1e4, 1e7, math.inf]
TS = [0, 1e-6, 0.1, 0.7, 1, 1.7, 2.5, 4, 9, 30, 200]
PROBABILITIES = [0.5, 0.6, 0.8, 0.9, 0.95, 0.975, 0.995, 0.9996, 0.9999999]
XS = [0.01, 0.3, 0.5, 1, 1.5, 2, 3.7, 9.9, 15, 40, 1234.5]


def text(value):
    return "Infinity" if value == math.inf else value


def upper(t, df):
    return stats.norm.sf(t) if df == math.inf else stats.t.sf(t, df)


def quantile(p, df):
    return stats.norm.ppf(p) if df == math.inf else stats.t.ppf(p, df)


print(
    json.dumps(
        {
            "version": scipy.__version__,
            "upper": [[t, text(df), upper(t, df)] for df in DEGREES for t in TS],
            "quantiles": [[p, text(df), quantile(p, df)] for df in DEGREES for p in PROBABILITIES],
            "gammas": [
                [
                    x,
                    special.gammaln(x),
                    special.digamma(x),
                    float(special.polygamma(1, x)),
                    float(special.polygamma(2, x)),
                ]
                for x in XS
            ],
            "fisher": [
                [a, b, stats.fisher_exact([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]])[1]]
                for a, b in [
                    ((1, 500_000), (30, 500_000)),
                    ((250_000, 500_000), (251_500, 500_000)),
                    ((0, 300), (3, 20_000)),
                ]
            ],
        },
        indent=None,
        separators=(",", ":"),
    )
)
