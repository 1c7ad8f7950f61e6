//! Reading a release: what the public room may ask of it. Nothing here can make or change one.

use crate::project::{Places, Site};
use crate::records::release::pages::PublicPage;
use crate::records::release::{
    Datum, Form, Hidden, KeptBack, PublicField, PublicFile, PublicFlow, PublicRecord, PublicSum,
    PublicTable, PublicValue, Release,
};
use crate::records::schema::{Class, Role, Schema};
use crate::text::{Day, Money, Period, Phrase};

impl<'a> PublicFile<'a> {
    /// Returns the path it is published under, below the folder of attachments.
    #[must_use]
    pub fn path(&self) -> &'a str {
        &self.enclosure.path
    }

    /// Returns what it is, as people call it.
    #[must_use]
    pub const fn label(&self) -> &'a Phrase {
        &self.enclosure.label
    }

    /// Returns its bytes, written anew.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        &self.enclosure.bytes
    }

    /// Returns the width and height in which it is shown on a page, if it is an image.
    #[must_use]
    pub fn size(&self) -> Option<(u32, u32)> {
        self.enclosure.picture.as_ref().map(|picture| picture.size)
    }

    /// Returns the smaller image that is shown in its place, if it is larger than a page needs.
    #[must_use]
    pub fn preview(&self) -> Option<&'a [u8]> {
        self.enclosure.picture.as_ref().and_then(|picture| picture.preview.as_deref())
    }
}

impl Release {
    /// Returns what the register says of itself.
    #[must_use]
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// Returns the places.
    #[must_use]
    pub const fn places(&self) -> &Places {
        &self.places
    }

    /// Returns the kinds.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Returns the day the release speaks for.
    #[must_use]
    pub const fn as_of(&self) -> Day {
        self.as_of
    }

    /// Returns every record, by kind and id.
    #[must_use]
    pub fn records(&self) -> &[PublicRecord] {
        &self.records
    }

    /// Returns the attachments that go along, by the path that records name them with.
    pub fn attachments(&self) -> impl Iterator<Item = (&str, PublicFile<'_>)> {
        self.attachments.iter().map(|(path, enclosure)| (path.as_str(), PublicFile { enclosure }))
    }

    /// Returns the attachment that a record names, if it goes along.
    #[must_use]
    pub fn attachment(&self, path: &str) -> Option<PublicFile<'_>> {
        self.attachments.get(path).map(|enclosure| PublicFile { enclosure })
    }

    /// Returns every flow of money.
    #[must_use]
    pub fn flows(&self) -> &[PublicFlow] {
        &self.flows
    }

    /// Returns the pages of the register's own, by their addresses.
    #[must_use]
    pub fn pages(&self) -> &[PublicPage] {
        &self.pages
    }

    /// Returns the index of the page with this address.
    #[must_use]
    pub fn page(&self, stem: &str) -> Option<usize> {
        self.pages.binary_search_by(|page| page.stem().cmp(stem)).ok()
    }

    /// Returns the index of the record with this `kind/id`.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }
}

impl PublicRecord {
    /// Returns what the record was called before, as `kind/id`.
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// Returns the index of the kind.
    #[must_use]
    pub const fn kind(&self) -> usize {
        self.kind
    }

    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn key(&self, schema: &Schema) -> String {
        format!("{}/{}", schema.kinds[self.kind].name, self.id)
    }

    /// Returns the fields the audience may see.
    #[must_use]
    pub fn fields(&self) -> &[PublicField] {
        &self.fields
    }

    /// Returns the tables.
    #[must_use]
    pub fn tables(&self) -> &[PublicTable] {
        &self.tables
    }

    /// Returns the prose, in Markdown.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// Returns the findings the record accepts: code and reason.
    pub fn accepted(&self) -> impl Iterator<Item = (&str, &str)> {
        self.accepted.iter().map(|accepted| (accepted.code.as_str(), accepted.reason.as_str()))
    }

    /// Returns the sums that must hold.
    #[must_use]
    pub fn sums(&self) -> &[PublicSum] {
        &self.sums
    }

    /// Returns the period the record hangs as a notice.
    #[must_use]
    pub const fn notice(&self) -> Option<Period> {
        self.notice
    }

    /// Returns the period of the notice under which its lists hang on the day of the release.
    #[must_use]
    pub const fn hangs(&self) -> Option<Period> {
        self.hangs
    }

    /// Returns whether figures of the record are not listed since they are small or shield small ones.
    #[must_use]
    pub const fn is_suppressed(&self) -> bool {
        self.suppressed
    }

    /// Returns the fields of which less is shown than there is.
    #[must_use]
    pub fn hidden(&self) -> &[Hidden] {
        &self.hidden
    }

    /// Returns why the attachments went with the list, if they did.
    #[must_use]
    pub const fn files_kept_back(&self) -> Option<KeptBack> {
        self.files_kept_back
    }
}

impl PublicField {
    /// Returns the index of the field in its kind or table.
    #[must_use]
    pub const fn field(&self) -> usize {
        self.field
    }

    /// Returns the values.
    #[must_use]
    pub fn values(&self) -> &[PublicValue] {
        &self.values
    }
}

impl PublicValue {
    /// Returns whether the value is a figure that is not listed.
    #[must_use]
    pub const fn is_suppressed(&self) -> bool {
        matches!(self.datum, Datum::Small(_))
    }

    /// Returns what the value is.
    #[must_use]
    pub const fn datum(&self) -> &Datum {
        &self.datum
    }

    /// Returns how much of the value is there.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// Returns whether less is there than was written.
    #[must_use]
    pub fn is_masked(&self) -> bool {
        self.form != Form::Whole
    }
}

impl Form {
    /// Every form with its name in the legend.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Whole, "whole"),
        (Self::Masked, "masked"),
        (Self::Brief, "brief"),
        (Self::Band, "band"),
        (Self::Token, "token"),
        (Self::Unnamed, "unnamed"),
        (Self::Withheld, "withheld"),
    ];

    /// Returns the form's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(form, _)| *form == self).map_or("", |(_, name)| name)
    }
}

impl PublicTable {
    /// Returns the index of the table in its kind.
    #[must_use]
    pub const fn table(&self) -> usize {
        self.table
    }

    /// Returns the columns in which any row has something to show.
    #[must_use]
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// Returns the rows; none when the list is kept back.
    #[must_use]
    pub fn rows(&self) -> &[Vec<PublicField>] {
        &self.rows
    }

    /// Returns how many rows there are, shown or not; `None` where that is not said.
    #[must_use]
    pub const fn count(&self) -> Option<usize> {
        self.count
    }

    /// Returns the places whose people are on a list that is not shown, by their codes.
    pub fn places(&self) -> impl ExactSizeIterator<Item = &str> {
        self.places.iter().map(String::as_str)
    }

    /// Returns why the list is not shown, if it is not.
    #[must_use]
    pub const fn kept_back(&self) -> Option<KeptBack> {
        self.kept_back
    }
}

impl PublicSum {
    /// Returns what the sum says.
    #[must_use]
    pub const fn label(&self) -> &Phrase {
        &self.label
    }

    /// Returns the stated total.
    #[must_use]
    pub fn total(&self) -> &str {
        &self.total
    }

    /// Returns the parts.
    #[must_use]
    pub fn parts(&self) -> &[(Phrase, String)] {
        &self.parts
    }

    /// Returns what the parts come to.
    #[must_use]
    pub fn computed(&self) -> &str {
        &self.computed
    }

    /// Returns how far the total is off, if it is.
    #[must_use]
    pub fn difference(&self) -> Option<&str> {
        self.difference.as_deref()
    }
}

impl Hidden {
    /// Returns what the field is called.
    #[must_use]
    pub const fn label(&self) -> &Phrase {
        &self.label
    }

    /// Returns how much is shown.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// Returns what the field is for privacy.
    #[must_use]
    pub const fn class(&self) -> Option<Class> {
        self.class
    }

    /// Returns whether it stands in the rows of a list.
    #[must_use]
    pub const fn is_listed(&self) -> bool {
        self.listed
    }

    /// Returns the day after which the list is withdrawn, if it will be.
    #[must_use]
    pub const fn until(&self) -> Option<Day> {
        self.until
    }
}

impl PublicFlow {
    /// Returns the records the money came from.
    #[must_use]
    pub fn sources(&self) -> &[usize] {
        &self.sources
    }

    /// Returns the record it went to.
    #[must_use]
    pub const fn target(&self) -> usize {
        self.target
    }

    /// Returns what it is there.
    #[must_use]
    pub const fn station(&self) -> Role {
        self.station
    }

    /// Returns how much.
    #[must_use]
    pub const fn amount(&self) -> Money {
        self.amount
    }
}
