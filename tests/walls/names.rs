// expect: E0603
// in: src/site
//! The public room cannot name what the confidential room works with.

use crate::records::catalog::Record; //~ E0603
use crate::records::catalog::{Catalog, Cell}; //~ E0603
use crate::records::document::Document; //~ E0603
use crate::records::mask::mask; //~ E0603
use crate::records::policy::treatment; //~ E0603
use crate::records::release::release; //~ E0603
use crate::records::resolve::resolve; //~ E0603
use crate::records::schema::field::FieldType; //~ E0603
use crate::records::schema::load::load; //~ E0603
use crate::records::value::Value; //~ E0603
use crate::records::withheld::Gathering; //~ E0603
