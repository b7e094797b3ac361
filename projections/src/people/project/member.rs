//! Members: their standing and grade, nothing about the person.

use kernel::id::MemberId;
use member::member::{Event, Grade};
use serde_json::json;

use crate::people::Row;

pub(super) fn row(event: &Event, position: i64) -> Row {
    match event {
        Event::Registered(body) => {
            let member = body.member;
            let columns = json!({
                "member": member, "standing": "registered", "grade": Grade::default(),
                "registered_at": body.at, "position": position
            });
            Row::Member(member.0, columns)
        }
        Event::Activated(body) => stands(body.member, "active", position),
        Event::FellDormant(body) => stands(body.member, "dormant", position),
        Event::Reactivated(body) => stands(body.member, "active", position),
        Event::Withdrawn(body) => stands(body.member, "withdrawn", position),
        Event::PasswordSet(body) => seen(body.member, position),
        Event::ProfileChanged(body) => seen(body.member, position),
        Event::AddressAdded(body) => seen(body.member, position),
        Event::AddressRemoved(body) => seen(body.member, position),
        Event::DefaultAddressSet(body) => seen(body.member, position),
        Event::ConsentSet(body) => seen(body.member, position),
        Event::GradeSet(body) => {
            let columns = json!({ "member": body.member, "grade": body.grade, "position": position });
            Row::Member(body.member.0, columns)
        }
    }
}

fn stands(member: MemberId, standing: &str, position: i64) -> Row {
    Row::Member(member.0, json!({ "member": member, "standing": standing, "position": position }))
}

fn seen(member: MemberId, position: i64) -> Row {
    Row::Member(member.0, json!({ "member": member, "position": position }))
}
