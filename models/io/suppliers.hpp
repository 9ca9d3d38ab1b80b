#pragma once
#include "models/firms/columns.hpp"
#include "models/io/columns.hpp"
#include "models/io/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

/// Buyers turn to suppliers that delivered more (`io.fill_elasticity` above 0); the suppliers themselves stay.
namespace metier::io {

struct UnfilledMemory : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.unfilled_memory", "share",
                                   "running mean of the share of its orders that the supplier left unfilled"};
};
struct UsualShare : ColumnOf<double, Link> {
  static constexpr ColumnInfo info{"link.usual_share", "share", "share of the link when every supplier delivers"};
};

/// Shares of the links after the deliveries of the month.
///
/// Equation  u_j <- u_j + (1 - fill_j - u_j) / 3;  w_e = w0_e (1 - u_j)^theta S / sum of the same over the input's
///           links, S the sum of their w0: what is bought here stays here                            (README eq. 11)
/// Symbols   theta = io.fill_elasticity; fill_j share of the month's orders that supplier j delivered; w0 share at t =
/// 0 Limits    no supplier delivers: shares are the usual ones Source    BoARIO, order_type `alt`; the memory of three
/// months is a choice
void remember_fills(const Step& step, In<firms::Fill> fill, InOut<UnfilledMemory> memory);
void turn_to_suppliers(const Step& step, const Params& params, In<LinkBegin> begin, In<LinkCount> count,
                       In<Supplier> supplier, In<UnfilledMemory> memory, InOut<UsualShare> usual,
                       InOut<LinkShare> share);

/// The same shares in the order of suppliers.
void copy_shares(const Step& step, In<SaleBegin> sale_begin, In<SaleCount> sale_count, In<SaleInput> sale_input,
                 In<LinkBegin> begin, In<LinkCount> count, In<Supplier> supplier, In<LinkShare> share,
                 Out<SaleShare> sale_share);

}  // namespace metier::io
