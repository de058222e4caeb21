//! Scores a transaction, and keeps what an account may spend: the same as `c/fraud.c`.
//!
//! `validate_transaction(amount, kind)` is a risk score from 0 to 100: `(1000, 3)` is 40.
//! `spend(amount, limit)` is what is left; the entry is the sum that was spent, a decimal number
//! that ends a day after the first spending; more than the limit is refused.
//! `greet` answers with bytes: its first argument and the key.

#![no_std]

mod grid;

const DIGITS_MAX: usize = 20;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

#[no_mangle]
pub extern "C" fn validate_transaction(amount: i64, kind: i32) -> i32 {
    if amount <= 0 {
        return 100;
    }
    let mut score = match kind {
        1 => 5,
        2 => 15,
        3 => 30,
        _ => 60,
    };
    let mut step = 1000_i64;
    while step <= amount && score < 100 {
        score += 10;
        step = step.saturating_mul(10);
    }
    score.min(100)
}

#[no_mangle]
pub extern "C" fn spend(amount: i64, limit: i64) -> i64 {
    let mut digits = [0_u8; DIGITS_MAX];
    let entry = grid::value(&mut digits);
    let spent = match entry {
        None => 0,
        Some(text) => parsed(text),
    };
    let is_new = entry.is_none();
    if amount <= 0 {
        grid::fail("the amount is not positive");
    }
    if spent > limit || amount > limit - spent {
        grid::fail("beyond the limit");
    }
    put(spent + amount);
    if is_new {
        grid::expire(DAY_MILLIS);
    }
    limit - spent - amount
}

#[no_mangle]
pub extern "C" fn greet() {
    let mut text = [0_u8; 256];
    let greeting = grid::arg(0, &mut text[..100]).map_or(0, |word| word.len());
    text[greeting] = b' ';
    let key = grid::key(&mut text[greeting + 1..]).len();
    grid::result(&text[..greeting + 1 + key]);
}

fn parsed(text: &[u8]) -> i64 {
    let mut number = 0_i64;
    if text.is_empty() || text.len() >= DIGITS_MAX {
        grid::fail("the entry is no sum");
    }
    for &digit in text {
        let value = match digit {
            b'0'..=b'9' => i64::from(digit - b'0'),
            _ => grid::fail("the entry is no sum"),
        };
        number = match number.checked_mul(10).and_then(|sum| sum.checked_add(value)) {
            Some(sum) => sum,
            None => grid::fail("the entry is no sum"),
        };
    }
    number
}

fn put(number: i64) {
    let mut digits = [0_u8; DIGITS_MAX];
    let mut at = DIGITS_MAX;
    let mut rest = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    grid::set(&digits[at..]);
}
