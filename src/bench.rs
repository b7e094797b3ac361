//! Benches: what the house does per second on real, durable servers, bounded in count and time.
//!
//! Each bench works in an installation of its own, checks afterwards that what it measured was right, and gives
//! figures, which go to standard output, progress to standard error. Never here: a shortcut past a guarantee.

mod api_process;
mod append;
mod audit;
mod checkout;
mod clock;
mod figure;
mod flash_sale;
mod following;
mod hot;
mod installation;
mod load;
mod market;
mod raw;
mod shopper;
mod timers;
mod timing;
mod verify;
mod walk;
mod wire;
mod yardstick;
mod zipf;

use anyhow::{Context as _, Result, bail};

use self::figure::Figure;
use self::installation::Installation;
use self::timing::Timing;
use crate::cli::BenchOptions;
use crate::config::Config;

/// A bench; the names of its figures begin with one of its [`Bench::names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bench {
    Append,
    Checkout,
    FlashSale,
    Following,
    Hot,
    Load,
    Timers,
    Clock,
    Verify,
}

impl Bench {
    const ALL: [Self; 9] = [
        Self::Append,
        Self::Checkout,
        Self::FlashSale,
        Self::Following,
        Self::Hot,
        Self::Load,
        Self::Timers,
        Self::Clock,
        Self::Verify,
    ];

    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Append => &["append", "raw", "group_commit"],
            Self::Checkout => &["checkout"],
            Self::FlashSale => &["flash_sale"],
            Self::Following => &["projection", "rebuild"],
            Self::Hot => &["hot"],
            Self::Load => &["load"],
            Self::Timers => &["timers"],
            Self::Clock => &["clock"],
            Self::Verify => &["verify"],
        }
    }

    async fn run(self, config: &Config) -> Result<Vec<Figure>> {
        match self {
            Self::Append => append::run(config).await,
            Self::Checkout => checkout::run(config).await,
            Self::FlashSale => flash_sale::run(config).await,
            Self::Following => following::run(config).await,
            Self::Hot => hot::run(config).await,
            Self::Load => load::run(config).await,
            Self::Timers => timers::run(config).await,
            Self::Clock => clock::run(config).await,
            Self::Verify => verify::run(config).await,
        }
    }

    /// Whether a name from the command line asks for some of its figures.
    fn answers(self, name: &str) -> bool {
        self.names().iter().any(|own| *own == name || name.starts_with(&format!("{own}.")))
    }
}

/// Runs the benches that were asked for, all of them without a name.
pub async fn run(options: &BenchOptions) -> Result<()> {
    // Written with `-` on a command line, with `_` in a figure's name.
    let names: Vec<String> = options.names.iter().map(|name| name.replace('-', "_")).collect();
    let benches = chosen(&names)?;
    let mut figures = Vec::new();
    for bench in benches {
        figures.extend(bench.run(&options.config).await?);
    }
    figures.retain(|figure| figure.is_asked_for(&names));
    print!("{}", figure::table(&figures));
    if let Some(path) = &options.json {
        let json = serde_json::to_string_pretty(&figures)? + "\n";
        std::fs::write(path, json).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

fn chosen(names: &[String]) -> Result<Vec<Bench>> {
    for name in names {
        if !Bench::ALL.iter().any(|bench| bench.answers(name)) {
            let known: Vec<&str> = Bench::ALL.iter().flat_map(|bench| bench.names()).copied().collect();
            bail!("there is no bench `{name}`; there are: {}", known.join(", "));
        }
    }
    let asked = |bench: &Bench| names.is_empty() || names.iter().any(|name| bench.answers(name));
    Ok(Bench::ALL.into_iter().filter(asked).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn no_name_is_every_bench() {
        assert_eq!(chosen(&[]).unwrap(), Bench::ALL);
    }

    #[test]
    fn a_figure_runs_the_bench_that_gives_it() {
        assert_eq!(chosen(&names(&["append.ratio_to_raw"])).unwrap(), [Bench::Append]);
        assert_eq!(chosen(&names(&["rebuild", "checkout"])).unwrap(), [Bench::Checkout, Bench::Following]);
    }

    #[test]
    fn an_unknown_name_lists_those_there_are() {
        let said = chosen(&names(&["appendix"])).unwrap_err().to_string();
        assert_eq!(
            said,
            "there is no bench `appendix`; there are: append, raw, group_commit, checkout, flash_sale, projection, \
             rebuild, hot, load, timers, clock, verify"
        );
    }
}
