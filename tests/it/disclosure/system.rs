//! Unknown whole numbers, the sums they obey, and what can be said of each; how it is found out is
//! the business of [`super::simplex`] and [`super::flow`], which share nothing but these types.

/// A sum of unknowns, each so many times, and what it comes to.
pub(super) type Sum = (Vec<(usize, i64)>, i64);

/// Unknown whole numbers and the sums they obey.
#[derive(Clone, Debug, Default)]
pub(super) struct System {
    /// The least that each unknown can be.
    pub(super) floors: Vec<i64>,
    /// The sums.
    pub(super) sums: Vec<Sum>,
}

/// The least and the greatest value of an unknown; no greatest where there is no end. `None` when
/// nothing obeys the sums.
pub(super) type Bounds = Option<(i64, Option<i64>)>;
