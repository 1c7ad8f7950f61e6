//! Chooses the figures that are hidden beside the small ones, so that no sum gives those away.
//!
//! For the same figures and relations the choice is always the same. It need not be the smallest
//! one: what it promises is that every hidden figure is safe or named as one that is not.

use std::collections::BTreeSet;

use crate::records::disclosure::attack::{cheapest, is_safe};
use crate::records::disclosure::model::Model;

/// What is hidden, and what is unsafe all the same.
pub(super) struct Choice {
    /// Whether each figure is hidden.
    pub(super) hidden: Vec<bool>,
    /// The hidden figures for which no shield was found.
    pub(super) unsafe_figures: Vec<usize>,
}

/// Hides the small figures and what is needed to shield them.
pub(super) fn shield(model: &Model, small: &[usize]) -> Choice {
    let mut hidden = vec![false; model.figures().len()];
    for figure in small {
        hidden[*figure] = true;
    }
    let mut open: BTreeSet<usize> = small.iter().copied().collect();
    let mut unsafe_figures = Vec::new();
    // Hiding more never gives away what was safe before, so each figure is looked at once.
    while let Some(target) = open.pop_first() {
        while !is_safe(model, &hidden, target) {
            let more = next_shield(model, &hidden, target);
            if more.is_empty() {
                unsafe_figures.push(target);
                break;
            }
            for figure in more {
                hidden[figure] = true;
                open.insert(figure);
            }
        }
    }
    // A figure that found no shield may have been given one by what was hidden later.
    unsafe_figures.retain(|figure| !is_safe(model, &hidden, *figure));
    unsafe_figures.sort_unstable();
    Choice { hidden, unsafe_figures }
}

/// Returns what to hide next for a figure: the cheapest chain that moves it by its width; where there
/// is none, the cheapest figure that hangs together with it.
fn next_shield(model: &Model, hidden: &[bool], target: usize) -> Vec<usize> {
    let figures = model.figures();
    let cost = |figure: usize| {
        if hidden[figure] || figures[figure].slack { Some(0) } else { figures[figure].cost }
    };
    let width = figures[target].width;
    let values = model.values();
    let chains = [width, -width].into_iter().filter_map(|change| {
        cheapest(model, &values, (target, change), &cost).filter(|chain| chain.cost > 0)
    });
    if let Some(chain) = chains.min_by_key(|chain| chain.cost) {
        let shown = |figure: &usize| !hidden[*figure] && !figures[*figure].slack;
        return chain.changes.into_keys().filter(shown).collect();
    }
    let near = hanging_together(model, target);
    let open = near.into_iter().filter(|figure| !hidden[*figure]);
    let cheapest = open.filter_map(|figure| Some((figures[figure].cost?, figure))).min();
    cheapest.into_iter().map(|(_, figure)| figure).collect()
}

/// Returns every figure that hangs together with one through relations.
fn hanging_together(model: &Model, start: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some(figure) = open.pop() {
        for number in model.relations_of(figure) {
            for (part, _) in &model.relation(*number).parts {
                if found.insert(*part) {
                    open.push(*part);
                }
            }
        }
    }
    found
}
