#pragma once
#include "models/firms/columns.hpp"
#include "sim/core/column.hpp"

namespace metier::credit {

struct GuaranteedDrawn : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.guaranteed_drawn", "cent", "loans guaranteed by the State drawn so far"};
};
struct GuaranteedLoan : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.guaranteed_loan", "cent",
                                   "part of them not yet paid back; included in the loan account"};
};
struct LoanShare : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.loan_share", "1",
                                   "loans over capital at t = 0: share of debt in capital goods"};
};
struct NetBorrowing : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.net_borrowing", "cent/month",
                                   "new loans for capital goods less repayments of the month"};
};

}  // namespace metier::credit
