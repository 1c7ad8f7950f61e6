//! What overviews say of a small register, counted by hand.
