//! A figure: a name that stays the same from run to run, a value, a unit.

use serde::Serialize;

/// One measured value.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
}

impl Figure {
    pub(super) fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value: rounded(value), unit }
    }

    /// Whether the names on the command line ask for it; no name asks for all.
    pub(super) fn is_asked_for(&self, names: &[String]) -> bool {
        names.is_empty() || names.iter().any(|name| self.name.starts_with(name))
    }
}

/// The figures, one a line.
pub(super) fn table(figures: &[Figure]) -> String {
    let lines = figures.iter().map(|figure| {
        let Figure { name, value, unit } = figure;
        format!("{name:<32} {value:>12.3} {unit}\n")
    });
    lines.collect()
}

/// To a thousandth; more would be noise.
#[expect(clippy::float_arithmetic, reason = "a figure, not money")]
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_stands_on_a_line_and_in_json() {
        let figures = [Figure::new("append.per_s.c1", 1234.567_89, "commits/s")];
        assert_eq!(table(&figures), "append.per_s.c1                      1234.568 commits/s\n");
        let json = serde_json::to_string(&figures).unwrap();
        assert_eq!(json, r#"[{"name":"append.per_s.c1","value":1234.568,"unit":"commits/s"}]"#);
    }
}
