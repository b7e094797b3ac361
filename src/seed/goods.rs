//! The goods of the demo market: two categories, a display tree, six products with stock.

use std::collections::BTreeSet;

use anyhow::Result;
use display::DisplayTree;
use display::tree::command::{AddCategory, Command as TreeCommand};
use kernel::id::{DisplayCategoryId, MerchantId, OperatorId, ProductId, SkuId};
use kernel::{Price, Quantity, Text};
use product::category::command::{Command as CategoryCommand, Define};
use product::product::value::{Details, OptionAxis, Sku, Tax};
use product::{Category, CategoryCode};

use super::Seed;
use crate::ids;

/// Category, name, price in won, whether it comes in colours.
const GOODS: [(&str, &str, i64, bool); 6] = [
    ("books", "The Hen Who Dreamed She Could Fly (마당을 나온 암탉)", 12_000, false),
    ("books", "A Korean Cookbook (한식 요리책)", 24_500, false),
    ("books", "Hangul for Beginners (한글 첫걸음)", 15_800, false),
    ("stationery", "Fountain pen (만년필)", 38_000, true),
    ("stationery", "Hanji notebook (한지 공책)", 9_900, true),
    ("stationery", "Ink stone (벼루)", 64_000, false),
];
const CATEGORIES: [(&str, &str); 2] = [("books", "Books (도서)"), ("stationery", "Stationery (문구)")];
const COLOURS: [&str; 2] = ["black", "blue"];
/// Pieces of each variant.
const STOCK: u32 = 1_000;

impl Seed<'_> {
    /// Categories, products and stock; answers the first product.
    pub(super) async fn market(&self, merchant: MerchantId, operator: OperatorId) -> Result<ProductId> {
        for (position, (code, name)) in (0_u32..).zip(CATEGORIES) {
            self.category(code, name, position).await?;
        }
        for (category, name, price, coloured) in GOODS {
            self.product(merchant, operator, &details(category, name, price, coloured)?).await?;
        }
        let [(_, first, ..), ..] = GOODS;
        Ok(product_id(first))
    }

    async fn category(&self, code: &str, name: &str, position: u32) -> Result<()> {
        let at = self.app.clock.now();
        let standard = CategoryCode::new(code)?;
        let define = Define { code: standard.clone(), name: Text::new(name)?, parent: None, at };
        let step = self.step(&format!("category {code}"));
        self.app.log.execute::<Category>(&step, &standard, CategoryCommand::Define(define)).await?;
        let add = AddCategory {
            mall: self.mall.clone(),
            category: DisplayCategoryId(ids::derived(&["seed", "display", code])),
            parent: None,
            name: Text::new(name)?,
            position,
            sources: BTreeSet::from([Text::new(code)?]),
            at,
        };
        let step = self.step(&format!("display {code}"));
        self.app.log.execute::<DisplayTree>(&step, &self.mall, TreeCommand::AddCategory(add)).await?;
        Ok(())
    }

    async fn product(&self, merchant: MerchantId, operator: OperatorId, details: &Details) -> Result<()> {
        let name = details.name.as_str();
        let product = product_id(name);
        let step = |what: &str| self.step(&format!("{what} {name}"));
        self.app.draft_product(&step("draft"), product, merchant, &self.mall, details.clone()).await?;
        self.app.submit_product(&step("submit"), product).await?;
        self.app.approve_product(&step("approve"), product, operator).await?;
        for sku in &details.skus {
            let step = step(&format!("receive {}", sku.sku));
            self.app.receive_stock(&step, sku.sku, Quantity::new(STOCK)?).await?;
        }
        Ok(())
    }
}

fn product_id(name: &str) -> ProductId {
    ProductId(ids::derived(&["seed", "product", name]))
}

fn details(category: &str, name: &str, price: i64, coloured: bool) -> Result<Details> {
    let colours: &[&str] = if coloured { &COLOURS } else { &[""] };
    let skus: Result<Vec<Sku>> = colours.iter().map(|colour| sku(name, price, colour)).collect();
    let values: Result<Vec<Text<80>>, _> = COLOURS.iter().map(Text::new).collect();
    let axis = OptionAxis { name: Text::new("Colour (색상)")?, values: values? };
    Ok(Details {
        name: Text::new(name)?,
        description: None,
        category: CategoryCode::new(category)?,
        axes: if coloured { vec![axis] } else { Vec::new() },
        skus: skus?,
        tax: if category == "books" { Tax::TaxFree } else { Tax::Taxable },
        images: Vec::new(),
    })
}

fn sku(name: &str, price: i64, colour: &str) -> Result<Sku> {
    let id = SkuId(ids::derived(&["seed", "sku", name, colour]));
    let options: Result<Vec<Text<80>>, _> =
        Some(colour).filter(|colour| !colour.is_empty()).into_iter().map(Text::new).collect();
    Ok(Sku {
        sku: id,
        merchant_code: Text::new(id.to_string())?,
        options: options?,
        price: Price::new(price)?,
        sale: None,
    })
}
