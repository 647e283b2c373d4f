//! Tails and quantiles of the distributions that the figures need.

use super::exact::real;
use super::undefined::Undefined;
use statrs::function::erf::erfc_inv;
use statrs::function::gamma::{gamma_ur, ln_gamma};
use std::f64::consts::{LN_2, PI};

/// The upper tail of χ² with `df` degrees of freedom.
pub fn chi_squared_tail(statistic: f64, df: u64) -> Result<f64, Undefined> {
    if df == 0 || !statistic.is_finite() || statistic < 0.0 {
        return Err(Undefined::OutOfDomain);
    }
    if statistic == 0.0 {
        return Ok(1.0);
    }
    Ok(gamma_ur(real(df) / 2.0, statistic / 2.0))
}

/// The quantile of the standard normal distribution at `p`, 0 < p < 1.
pub fn normal_quantile(p: f64) -> Result<f64, Undefined> {
    if !(p > 0.0 && p < 1.0) {
        return Err(Undefined::OutOfDomain);
    }
    Ok(-std::f64::consts::SQRT_2 * erfc_inv(2.0 * p))
}

/// The two-sided p-value of Student's t with `df` degrees of freedom.
pub fn student_two_sided(t: f64, df: u64) -> Result<f64, Undefined> {
    if df == 0 || !t.is_finite() {
        return Err(Undefined::NoDegreesOfFreedom);
    }
    let df = real(df);
    let square = t * t;
    Ok(beta_tails(df / 2.0, 0.5, df / (df + square), square / (df + square)).0)
}

/// P(X = k) of the binomial distribution, by Loader's saddle point (2000), exact to rounding even
/// at tens of millions of decisions, where a difference of log-factorials is not.
pub(super) fn binomial_pmf(k: u64, n: u64, p: f64) -> f64 {
    if k > n {
        0.0
    } else {
        saddle(real(k), real(n), p, 1.0 - p)
    }
}

/// P(X ≤ k) of the binomial distribution.
pub(super) fn binomial_cdf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n || p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return 0.0;
    }
    beta_tails(real(n - k), real(k + 1), 1.0 - p, p).0
}

/// The x at which the chosen tail of the beta distribution holds `q`; safeguarded Newton steps.
pub(super) fn beta_quantile(a: f64, b: f64, q: f64, lower_tail: bool) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    let mut x = a / (a + b);
    for _ in 0..200 {
        let tails = beta_tails(a, b, x, 1.0 - x);
        let excess = if lower_tail { tails.0 - q } else { q - tails.1 };
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let slope = beta_kernel(a, b, x, 1.0 - x) / (x * (1.0 - x));
        let step = x - excess / slope;
        let next = if step > low && step < high {
            step
        } else {
            f64::midpoint(low, high)
        };
        if (next - x).abs() <= 1e-16 * x {
            return next;
        }
        x = next;
    }
    x
}

/// Both tails of the beta distribution at x, where y = 1 − x is given apart to keep its digits.
fn beta_tails(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    let kernel = beta_kernel(a, b, x, y);
    if x < (a + 1.0) / (a + b + 2.0) {
        let lower = kernel * continued_fraction(a, b, x) / a;
        (lower, 1.0 - lower)
    } else {
        let upper = kernel * continued_fraction(b, a, y) / b;
        (1.0 - upper, upper)
    }
}

/// xᵃyᵇ / B(a, b).
fn beta_kernel(a: f64, b: f64, x: f64, y: f64) -> f64 {
    saddle(a, a + b, x, y) * a * b / (a + b)
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const SMALL: f64 = 1e-300;
    let away = |value: f64| if value.abs() < SMALL { SMALL } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for step in 1..1_000_000_u32 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        result *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let factor = d * c;
        result *= factor;
        if (factor - 1.0).abs() < 1e-16 {
            break;
        }
    }
    result
}

/// Γ(n+1)/(Γ(x+1)Γ(n−x+1)) pˣqⁿ⁻ˣ for real x and n (Loader 2000).
fn saddle(x: f64, n: f64, p: f64, q: f64) -> f64 {
    let rest = n - x;
    if x <= 0.0 {
        return if p <= 0.0 {
            1.0
        } else {
            (n * (-p).ln_1p()).exp()
        };
    }
    if rest <= 0.0 {
        return if q <= 0.0 {
            1.0
        } else {
            (n * (-q).ln_1p()).exp()
        };
    }
    if p <= 0.0 || q <= 0.0 {
        return 0.0;
    }
    let correction = stirling_error(n) - stirling_error(x) - stirling_error(rest);
    let exponent = correction - deviance(x, n * p) - deviance(rest, n * q);
    exponent.exp() * (n / (2.0 * PI * x * rest)).sqrt()
}

/// ln Γ(n+1) less Stirling's formula.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return ln_gamma(n + 1.0) - (n + 0.5) * n.ln() + n - f64::midpoint(LN_2, PI.ln());
    }
    let square = n * n;
    let tail = 1.0 / 1680.0 - 1.0 / 1188.0 / square;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - tail / square) / square) / square) / n
}

/// x·ln(x/m) + m − x, without cancellation where x is near m.
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * (x / m).ln() + m - x;
    }
    let v = (x - m) / (x + m);
    let mut total = (x - m) * v;
    let mut term = 2.0 * x * v;
    for j in 1..1000_u32 {
        term *= v * v;
        let next = total + term / f64::from(2 * j + 1);
        if (next - total).abs() <= f64::EPSILON * 1e-3 * next.abs() {
            break;
        }
        total = next;
    }
    total
}

/// What lies outside either limit of an interval at 95 %.
pub(super) const TAIL95: f64 = 0.025;

#[cfg(test)]
mod tests {
    use super::super::exact::Z95;
    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64) {
        let error = (found - expected).abs();
        assert!(
            error <= tolerance * expected.abs(),
            "{found:e} where {expected:e} is expected"
        );
    }

    #[test]
    fn the_pinned_z_is_the_quantile() {
        near(normal_quantile(1.0 - TAIL95).unwrap(), Z95, 1e-12);
        assert_eq!(normal_quantile(1.0), Err(Undefined::OutOfDomain));
    }
}
