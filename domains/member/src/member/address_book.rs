//! A member's addresses, sealed, one of them the default for as long as there is any.
//!
//! Never here: a plain address, or the limit on their number (see [`super::policy`]).

use std::collections::BTreeMap;

use kernel::Sealed;

use super::{AddressAdded, AddressId, AddressRemoved};

/// The addresses by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressBook {
    addresses: BTreeMap<AddressId, Sealed>,
    default: Option<AddressId>,
}

impl AddressBook {
    /// An address, if the book has it.
    pub fn get(&self, id: &AddressId) -> Option<&Sealed> {
        self.addresses.get(id)
    }

    /// The default address; there is one unless the book is empty.
    pub fn default_id(&self) -> Option<&AddressId> {
        self.default.as_ref()
    }

    /// Whether an address is the default.
    pub fn is_default(&self, id: &AddressId) -> bool {
        self.default.as_ref() == Some(id)
    }

    /// The addresses by id.
    pub fn iter(&self) -> impl Iterator<Item = (&AddressId, &Sealed)> {
        self.addresses.iter()
    }

    /// How many addresses there are.
    pub fn len(&self) -> usize {
        self.addresses.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.addresses.is_empty()
    }

    /// The default once an address is gone: the same, or else the first of those left (the oldest, by `UUIDv7`).
    pub(super) fn default_without(&self, gone: &AddressId) -> Option<AddressId> {
        let kept = self.default.as_ref().filter(|id| *id != gone);
        kept.or_else(|| self.addresses.keys().find(|id| *id != gone)).cloned()
    }

    pub(super) fn add(&mut self, added: &AddressAdded) {
        self.addresses.insert(added.address_id.clone(), added.address.clone());
        if added.default {
            self.default = Some(added.address_id.clone());
        }
    }

    pub(super) fn remove(&mut self, removed: &AddressRemoved) {
        self.addresses.remove(&removed.address_id);
        self.default.clone_from(&removed.default_address_id);
    }

    pub(super) fn set_default(&mut self, id: &AddressId) {
        self.default = Some(id.clone());
    }
}
