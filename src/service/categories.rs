//! The standard classification as a tree: a category knows its own parent only, so what spans categories is checked
//! here, against the categories as they are just now.

use eventstore::{Context, Outcome, ReadError, Seq};
use kernel::{Rejection, RejectionKind, Text};
use product::category::Command;
use product::category::command::{Define, Move, Rename};
use product::{Category, CategoryCode};

use super::{Refusal, ServiceError, request};
use crate::app::App;

/// The most categories from the top down to one that is put somewhere, both counted.
const DEPTH_MAX: usize = 16;
/// The most categories that are looked at from one up to the top: whole branches that are moved make deeper ones.
const BRANCH_MAX: usize = 64;

/// What changes in a category; `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryEdit {
    /// Another name.
    pub name: Option<Text<80>>,
    /// Another place.
    pub place: Option<Place>,
}

/// A place in the classification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The category above; none at the top.
    pub parent: Option<CategoryCode>,
}

/// Why a category can't stand where it is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlaceRejection {
    /// It would be below itself.
    #[error("a category cannot be moved below itself")]
    Cycle,
    /// It would stand too deep.
    #[error("categories are at most {DEPTH_MAX} deep")]
    TooDeep,
}

impl Rejection for PlaceRejection {
    fn code(&self) -> &'static str {
        match self {
            Self::Cycle => "category_cycle",
            Self::TooDeep => "category_too_deep",
        }
    }

    fn kind(&self) -> RejectionKind {
        RejectionKind::Invalid
    }
}

impl App {
    /// Defines a standard category, at the top or below one that can be used. The code names it, not the request: the
    /// request notes itself.
    pub async fn define_category(&self, context: &Context, define: Define) -> Result<Outcome, ServiceError> {
        if !self.was_noted(context).await?
            && let Some(parent) = &define.parent
        {
            self.check_place(&define.code, parent).await?;
        }
        let code = define.code.clone();
        let batch = request::noted(context).with::<Category>(&code, Command::Define(define));
        Ok(self.log.commit(context, batch).await?)
    }

    /// Renames or moves a standard category.
    pub async fn edit_category(
        &self,
        context: &Context,
        code: &CategoryCode,
        seen: Option<Seq>,
        edit: CategoryEdit,
    ) -> Result<Outcome, ServiceError> {
        if let Some(parent) = edit.place.as_ref().and_then(|place| place.parent.as_ref()) {
            self.check_place(code, parent).await?;
        }
        let at = context.at;
        let rename = edit.name.map(|name| Command::Rename(Rename { name, at }));
        let put = edit.place.map(|place| Command::Move(Move { parent: place.parent, at }));
        self.change::<Category>(context, code, seen, rename.into_iter().chain(put)).await
    }

    /// The code of a category and those of all above it, as they stand now; what isn't defined stands alone.
    pub(super) async fn branch(&self, category: &str) -> Result<Vec<String>, ReadError> {
        let mut branch = vec![category.to_owned()];
        let mut next = CategoryCode::new(category).ok();
        while let Some(code) = next.take_if(|_| branch.len() < BRANCH_MAX) {
            next = self.log.read::<Category>(&code).await?.state.parent().cloned();
            branch.extend(next.as_ref().map(ToString::to_string));
        }
        Ok(branch)
    }

    /// Walks up from the parent: each category above must be usable, and none the category itself.
    async fn check_place(&self, code: &CategoryCode, parent: &CategoryCode) -> Result<(), ServiceError> {
        let mut above = Some(parent.clone());
        for _ in 0..DEPTH_MAX {
            let Some(next) = above else { return Ok(()) };
            if next == *code {
                return Err(ServiceError::refused(PlaceRejection::Cycle));
            }
            let state = self.log.read_latest::<Category>(&next).await?.state;
            if !state.is_active() {
                return Err(Refusal::UnknownCategory(next.to_string()).into());
            }
            above = state.parent().cloned();
        }
        Err(ServiceError::refused(PlaceRejection::TooDeep))
    }
}
