//! The rules of the address book: a limit, and one default for as long as there is any address.

use super::super::{
    Account, AddAddress, AddressAdded, AddressRemoved, DefaultAddressSet, Event, Rejection, RemoveAddress,
    SetDefaultAddress, policy,
};

pub(super) fn add(account: &Account, add: AddAddress) -> Result<Vec<Event>, Rejection> {
    let book = &account.addresses;
    match book.get(&add.address_id) {
        Some(present) if *present == add.address && is_as_asked(account, &add) => Ok(vec![]),
        Some(_) => Err(Rejection::AddressExists),
        None if book.len() >= policy::ADDRESSES_MAX => Err(Rejection::AddressBookFull),
        None => Ok(vec![added(account, add)]),
    }
}

fn is_as_asked(account: &Account, add: &AddAddress) -> bool {
    !add.default || account.addresses.is_default(&add.address_id)
}

fn added(account: &Account, add: AddAddress) -> Event {
    let AddAddress { address_id, address, default, at } = add;
    let default = default || account.addresses.is_empty();
    Event::AddressAdded(AddressAdded { member: account.member, address_id, address, default, at })
}

pub(super) fn remove(account: &Account, remove: RemoveAddress) -> Vec<Event> {
    let RemoveAddress { address_id, at } = remove;
    if account.addresses.get(&address_id).is_none() {
        return vec![];
    }
    let default_address_id = account.addresses.default_without(&address_id);
    let removed = AddressRemoved { member: account.member, address_id, default_address_id, at };
    vec![Event::AddressRemoved(removed)]
}

pub(super) fn set_default(account: &Account, set: SetDefaultAddress) -> Result<Vec<Event>, Rejection> {
    let SetDefaultAddress { address_id, at } = set;
    if account.addresses.get(&address_id).is_none() {
        return Err(Rejection::AddressNotFound);
    }
    if account.addresses.is_default(&address_id) {
        return Ok(vec![]);
    }
    Ok(vec![Event::DefaultAddressSet(DefaultAddressSet { member: account.member, address_id, at })])
}
