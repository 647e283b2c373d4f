"""Computes the figures of a register a second time, from an export of its decisions, by scipy and statsmodels.

recompute.py EXPORT.csv GENDER.json PROPORTIONALITY.json

The export counts every penalty by gravity, sex and severity as an exact number; the two views are what the register
itself says. Each figure is compared to a billionth. The last line says how many were.
"""

import csv
import json
import sys
from fractions import Fraction

import numpy as np
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.contingency_tables import StratifiedTable, Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

CLOSE = 1e-9
compared = 0


def same(name, ours, theirs):
    """Fails where a figure of the register is not the one computed here."""
    global compared
    if ours is None or abs(ours - theirs) > CLOSE * max(1.0, abs(theirs)):
        sys.exit(f"{name}: the register says {ours!r}, computed again it is {theirs!r}")
    compared += 1


def decisions(path):
    """Every decision of the export: gravity, sex, disposal, severity."""
    found = []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["panel"] != "disposals" or row["measure"] != "decisions" or not row["group"]:
                continue
            words = dict(part.split("=", 1) for part in row["group"].split(";"))
            decision = (words["gravity"], words["sex"], row["disposal"], Fraction(words["severity"]))
            found += [decision] * int(row["value"])
    return found


def thousandths(severity):
    """A severity in whole thousandths, of two that are equally near the even one."""
    return round(severity * 1000)


def values(rows):
    return np.array([float(severity) for *_, severity in rows])


def of(rows, sex=None, gravity=None, custody=None):
    return [
        row
        for row in rows
        if (sex is None or row[1] == sex)
        and (gravity is None or row[0] == gravity)
        and (custody is None or (row[2] == "custody") == custody)
    ]


def table(rows, gravity=None):
    """Women and men with and without custody."""
    return np.array(
        [[len(of(rows, sex, gravity, custody)) for custody in (True, False)] for sex in ("female", "male")]
    )


def custody_panel(rows, levels, view):
    custody, ratios = view["custody"], view["specialists"]
    crude = table(rows)
    for sex, (with_custody, without) in zip(custody["sexes"], crude):
        n = with_custody + without
        same("custody of 100", sex["per_100"]["value"], 100 * with_custody / n)
        low, high = proportion_confint(with_custody, n, method="wilson")
        same("Wilson, low", sex["interval_per_100"]["value"]["low"], 100 * low)
        same("Wilson, high", sex["interval_per_100"]["value"]["high"], 100 * high)
    (a, b), (c, d) = crude
    gap = custody["crude"]
    same("crude difference", gap["per_100"]["value"], 100 * (a / (a + b) - c / (c + d)))
    low, high = confint_proportions_2indep(a, a + b, c, c + d, method="newcomb", compare="diff")
    same("Newcombe, low", gap["interval_per_100"]["value"]["low"], 100 * low)
    same("Newcombe, high", gap["interval_per_100"]["value"]["high"], 100 * high)
    same("crude odds ratio", ratios["crude_odds_ratio"]["value"], Table2x2(crude, shift_zeros=False).oddsratio)

    tables = [table(rows, level) for level in levels]
    pooled = StratifiedTable(tables)
    same("Mantel-Haenszel odds ratio", ratios["mantel_haenszel_odds_ratio"]["value"], pooled.oddsratio_pooled)
    limits = ratios["mantel_haenszel_odds_ratio_interval"]["value"]
    low, high = pooled.oddsratio_pooled_confint()
    same("its interval, low", limits["low"], low)
    same("its interval, high", limits["high"], high)
    same("Mantel-Haenszel risk ratio", ratios["mantel_haenszel_risk_ratio"]["value"], pooled.riskratio_pooled)
    plain, corrected = pooled.test_null_odds(correction=False), pooled.test_null_odds(correction=True)
    same("Cochran-Mantel-Haenszel", ratios["cochran_mantel_haenszel_chi2"]["value"], plain.statistic)
    same("its probability", ratios["cochran_mantel_haenszel_p"]["value"], plain.pvalue)
    same("the same, corrected", ratios["cochran_mantel_haenszel_chi2_corrected"]["value"], corrected.statistic)
    breslow_day, tarone = pooled.test_equal_odds(adjust=False), pooled.test_equal_odds(adjust=True)
    same("Breslow-Day", ratios["breslow_day_chi2"]["value"], breslow_day.statistic)
    same("Tarone", ratios["tarone_chi2"]["value"], tarone.statistic)
    same("its probability", ratios["tarone_p"]["value"], tarone.pvalue)

    counts = np.array(tables, dtype=float)
    n1, n0 = counts[:, 0].sum(axis=1), counts[:, 1].sum(axis=1)
    rate1, rate0 = counts[:, 0, 0] / n1, counts[:, 1, 0] / n0
    weights = n1 * n0 / (n1 + n0)
    difference = np.average(rate1 - rate0, weights=weights)
    same("Mantel-Haenszel difference", custody["mantel_haenszel"]["per_100"]["value"], 100 * difference)
    standard = custody["standardised"]
    same("standardised, women", standard["women_per_100"]["value"], 100 * np.average(rate1, weights=n1 + n0))
    same("standardised, men", standard["men_per_100"]["value"], 100 * np.average(rate0, weights=n1 + n0))
    share1, share0 = n1 / n1.sum(), n0 / n0.sum()
    like = 100 * np.sum((share1 + share0) / 2 * (rate1 - rate0))
    mix = 100 * np.sum((rate1 + rate0) / 2 * (share1 - share0))
    same("in like cases", custody["case_mix"]["value"]["like_cases_per_100"], like)
    same("in the mix of cases", custody["case_mix"]["value"]["mix_per_100"], mix)
    for level, counted, stratum, ratio in zip(levels, tables, custody["strata"], ratios["strata"]):
        assert stratum["key"][0]["code"] == level
        ratio = ratio["odds_ratio"]["value"]
        same(f"odds ratio of {level}", ratio, Table2x2(counted, shift_zeros=False).oddsratio)


def severity_panel(name, rows, levels, panel):
    for sex in panel["sexes"]:
        found = values(of(rows, sex["sex"]["code"]))
        same(f"{name}: mean", sex["mean"]["value"], found.mean())
        for part, quantile in (("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75)):
            same(f"{name}: {part}", sex[part]["value"], np.quantile(found, quantile))
    women, men = values(of(rows, "female")), values(of(rows, "male"))
    same(f"{name}: crude difference", panel["crude"]["difference"]["value"], women.mean() - men.mean())
    student = stats.ttest_ind(men, women)
    same(f"{name}: t", panel["student"]["t"]["value"], student.statistic)
    same(f"{name}: its probability", panel["student"]["p"]["value"], student.pvalue)
    same(f"{name}: degrees of freedom", panel["student"]["degrees_of_freedom"]["value"], student.df)

    rows = [row for row in rows if row[1] in ("female", "male")]
    whole = np.array([thousandths(severity) for *_, severity in rows], dtype=float) / 1000
    woman = np.array([row[1] == "female" for row in rows], dtype=float)
    strata = [np.array([row[0] == level for row in rows], dtype=float) for level in levels]
    design = np.column_stack([woman, *(stratum for stratum in strata if stratum.any())])
    fitted = OLS(whole, design).fit(cov_type="HC1")
    same(f"{name}: among like cases", panel["adjusted"]["difference"]["value"], fitted.params[0])
    same(f"{name}: its error HC1", panel["adjusted"]["error_hc1"]["value"], fitted.bse[0])
    low, high = fitted.conf_int()[0]
    same(f"{name}: its interval, low", panel["adjusted"]["interval"]["value"]["low"], low)
    same(f"{name}: its interval, high", panel["adjusted"]["interval"]["value"]["high"], high)


def order(rows, levels, view):
    gravity = np.array([levels.index(row[0]) for row in rows])
    severity = values(rows)
    same("tau-b", view["order"]["tau_b"]["value"], stats.kendalltau(gravity, severity).statistic)
    found = view["order"]
    inversion, flat = found["inversion_per_100"]["value"], found["flat_per_100"]["value"]
    # d of severity given gravity: (1 - d) / 2 is the inversions with half of the ties.
    d = stats.somersd(gravity, severity).statistic
    same("inversions with half of the ties", inversion + flat / 2, 100 * (1 - d) / 2)
    pairs = [(x, y) for x in range(len(rows)) for y in range(x) if gravity[x] != gravity[y]]
    less = sum((gravity[x] - gravity[y]) * (severity[x] - severity[y]) < 0 for x, y in pairs)
    same("inversion rate", inversion, 100 * less / len(pairs))
    for level in view["groups"]:
        found = values(of(rows, gravity=level["key"][0]["code"]))
        same("median of a level", level["severity"]["median"]["value"], np.quantile(found, 0.5))
        same("mean of a level", level["severity"]["mean"]["value"], found.mean())


def main():
    export, gender, proportionality = sys.argv[1:]
    rows = decisions(export)
    with open(gender, encoding="utf-8") as file:
        gender = json.load(file)
    with open(proportionality, encoding="utf-8") as file:
        proportionality = json.load(file)
    levels = [stratum["key"][0]["code"] for stratum in gender["custody"]["strata"]]
    custody_panel(rows, levels, gender)
    severity_panel("given custody", of(rows, custody=True), levels, gender["length"])
    severity_panel("everybody", rows, levels, gender["everybody"])
    order(rows, levels, proportionality)
    print(f"{compared} figures of {len(rows)} decisions are the same")


main()
