//! Events as the log holds them, forever: one JSON file per wire name in `tests/golden`.
//!
//! `UPDATE_GOLDEN=1` writes the files anew; a changed file is a changed history, so look twice.

#[path = "../../../../tests/support/golden.rs"]
mod golden_file;

use kernel::id::ClaimId;
use product::category::event::{Defined, Moved, Renamed, Retired};
use product::product::event::{Described, Discontinued, Edited, PriceSet, PurchasesLimited, Resumed};
use product::product::{MemberMaximum, Party, PurchaseLimits};
use product::stock::event::{Adjusted, Committed, Opened, Received, Released, Reserved, Restocked};
use product::stock::{Condition, Levels};
use product::{Category, Product, Stock};

use self::golden_file::check;
use crate::samples::{
    approved, at, code, details, drafted, id, merchant, pieces, price, product, rejected, sale, sku,
    submitted, suspended, text,
};
use crate::stock::{item, order};

#[test]
fn product_events_are_written_as_ever() {
    use product::product::Event;
    let (product, merchant) = (product(), merchant());
    let edited = Edited { product, merchant, details: details(), at: at(1) };
    let described = Described {
        product,
        merchant,
        name: text("New"),
        description: None,
        images: vec![text("https://images.test/new.webp")],
        at: at(4),
    };
    let (price, sale) = (price(9_000), Some(sale(7_000, 10, 20)));
    let set = PriceSet { product, merchant, sku: sku(1), price, sale, at: at(5) };
    let days = Some(30);
    let max_per_member = Some(MemberMaximum { pieces: pieces(5), days });
    let limits = PurchaseLimits { max_per_order: Some(pieces(2)), max_per_member };
    let limited = PurchasesLimited { product, merchant, limits, at: at(5) };
    check::<Product>(&[
        drafted(),
        Event::Edited(edited),
        Event::Described(described),
        Event::PriceSet(set),
        Event::PurchasesLimited(limited),
        submitted(),
        approved(),
        rejected(),
        suspended(Party::Operator),
        Event::Resumed(Resumed { product, merchant, by: Party::Merchant, at: at(6) }),
        Event::Discontinued(Discontinued { product, merchant, at: at(7) }),
    ]);
}

#[test]
fn stock_events_are_written_as_ever() {
    use product::stock::Event;
    let (item, order, quantity, claim) = (item(), order(1), pieces(2), ClaimId(id(300)));
    let (condition, reason) = (Condition::Resellable, text("counted"));
    let levels = Levels::new;
    check::<Stock>(&[
        Event::Opened(Opened { item, levels: levels(0, 0, 0), at: at(0) }),
        Event::Received(Received { item, quantity, levels: levels(2, 0, 0), at: at(1) }),
        Event::Reserved(Reserved { item, order, quantity, levels: levels(9, 2, 1), at: at(2) }),
        Event::Committed(Committed { item, order, quantity, levels: levels(7, 0, 1), at: at(3) }),
        Event::Released(Released { item, order, quantity, levels: levels(7, 1, 1), at: at(4) }),
        Event::Restocked(Restocked { item, claim, quantity, condition, levels: levels(9, 1, 1), at: at(5) }),
        Event::Adjusted(Adjusted { item, delta: -3, reason, levels: levels(6, 1, 1), at: at(6) }),
    ]);
}

#[test]
fn category_events_are_written_as_ever() {
    use product::category::Event;
    let (code, parent) = (code("tops"), Some(code("clothes")));
    let defined = Defined { code: code.clone(), name: text("상의"), parent: parent.clone(), at: at(0) };
    check::<Category>(&[
        Event::Defined(defined),
        Event::Renamed(Renamed { code: code.clone(), name: text("Tops"), at: at(1) }),
        Event::Moved(Moved { code: code.clone(), parent, at: at(2) }),
        Event::Retired(Retired { code, at: at(3) }),
    ]);
}
