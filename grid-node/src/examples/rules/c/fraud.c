/*
 * Scores a transaction, and keeps what an account may spend.
 *
 *   validate_transaction(amount, kind) -> risk score, 0 to 100: (1000, 3) is 40
 *   spend(amount, limit) -> what is left: the entry is the sum that was spent, a decimal number that
 *       ends a day after the first spending; more than the limit is refused
 */
#include "grid.h"

#define DIGITS_MAX 20
#define DAY_MILLIS (24 * 60 * 60 * 1000LL)

enum kind { CARD = 1, TRANSFER = 2, CASH = 3 };

RULE(validate_transaction) i32 validate_transaction(i64 amount, i32 kind) {
  if (amount <= 0) {
    return 100;
  }
  i32 score = kind == CASH ? 30 : kind == TRANSFER ? 15 : kind == CARD ? 5 : 60;
  for (i64 step = 1000; step <= amount && score < 100; step *= 10) {
    score += 10;
  }
  return score < 100 ? score : 100;
}

static i64 parsed(const char *digits, i32 length) {
  i64 number = 0;
  if (length <= 0 || length >= DIGITS_MAX) {
    GRID_FAIL("the entry is no sum");
  }
  for (i32 i = 0; i < length; i++) {
    if (digits[i] < '0' || digits[i] > '9' || number > (0x7fffffffffffffffLL - 9) / 10) {
      GRID_FAIL("the entry is no sum");
    }
    number = number * 10 + (digits[i] - '0');
  }
  return number;
}

static void put(i64 number) {
  char digits[DIGITS_MAX];
  u32 at = DIGITS_MAX;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  grid_set(digits + at, DIGITS_MAX - at);
}

RULE(spend) i64 spend(i64 amount, i64 limit) {
  char digits[DIGITS_MAX];
  i32 length = grid_value_read(digits, DIGITS_MAX, 0);
  i64 spent = length < 0 ? 0 : parsed(digits, length);
  if (amount <= 0) {
    GRID_FAIL("the amount is not positive");
  }
  if (spent > limit || amount > limit - spent) {
    GRID_FAIL("beyond the limit");
  }
  put(spent + amount);
  if (length < 0) {
    grid_expire(DAY_MILLIS);
  }
  return limit - spent - amount;
}
