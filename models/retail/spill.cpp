#include "models/retail/spill.hpp"

#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <vector>

namespace metier::retail {

namespace {

/// Share of what shoppers ask of an establishment that rationing will leave unserved.
double turned_away(io::Rationing rationing, double capacity, double all, double intermediate, double shoppers) {
  if (all <= capacity || shoppers <= 0.0) return 0.0;
  double served = capacity / all;
  if (rationing == io::Rationing::kHouseholdFirst) served = capacity / shoppers;
  if (rationing == io::Rationing::kPriority)
    served = std::max(0.0, capacity - intermediate) / std::max(1e-300, all - intermediate);
  return std::clamp(1.0 - served, 0.0, 1.0);
}

}  // namespace

void spill(const Step& step, const Params& params, const io::Params& io, const io::SubStep& sub, SpillView s,
           Scratch<DeterrenceTables> tables, InOut<OutletTurnover> turnover, InOut<Captured> captured,
           InOut<CapturedAtHome> at_home, InOut<firms::OrderRetail> order, InOut<firms::OrdersNow> now,
           InOut<firms::Orders> orders) {
  const HuffView& v = s.huff;
  const std::size_t categories = v.category_spending.size();
  const std::size_t communes = categories > 0 ? s.spending.size() / categories : 0;
  const std::size_t places = categories > 0 ? v.pole.size() / categories : 0;
  make_tables(*tables, params, v.minutes.span(), communes, places);
  const auto capacity = [&](std::size_t j) {  // as in production
    const double workers = static_cast<double>(s.employees[j] + s.owners[j]) + static_cast<double>(s.side[j]);
    return std::min(s.productivity[j] * workers * io.alpha_max, s.capital[j] * s.capital_output[j]);
  };

  for_each_item(categories, [&](std::size_t k) {
    const std::size_t first = v.begin[k * places];
    const std::size_t last = v.begin[k * places + places - 1] + v.count[k * places + places - 1];
    std::vector<double> attraction(last - first), away(last - first);
    std::vector<double> local(places, 0.0), roomy(places, 0.0), lost(places, 0.0), arrived(places, 0.0);
    double all_lost = 0.0, all_reach = 0.0;
    for (std::size_t z = 0; z < places; ++z) {
      const std::size_t cell = k * places + z;
      double till = 0.0;
      for (std::size_t o = v.begin[cell]; o < v.begin[cell] + v.count[cell]; ++o) {
        const std::size_t j = v.outlet_firm[o];
        const double room = capacity(j);
        attraction[o - first] = outlet_attraction(params, v, o);
        away[o - first] = turned_away(io.rationing, room, now[j], s.links[j] + s.basket[j], s.household[j] + order[j]);
        local[z] += attraction[o - first];
        if (now[j] < room) roomy[z] += attraction[o - first];
        lost[z] += turnover[o] * away[o - first];
        till += turnover[o];
      }
      all_lost += lost[z];
      all_reach += roomy[z] + v.pole[cell];
      lost[z] = till > 0.0 ? lost[z] / till : 0.0;
    }
    if (all_lost <= 0.0 || all_reach <= 0.0) return;

    const std::vector<double>& deterrence = tables->tables[v.distance_class[k]];
    const double in_shops = 1.0 - online_share(step, params, v, k);
    for (std::size_t c = 0; c < communes; ++c) {
      const double* reach = deterrence.data() + c * places;
      double total = 0.0, room = 0.0;
      for (std::size_t z = 0; z < places; ++z) {
        total += (local[z] + v.pole[k * places + z]) * reach[z];
        room += (roomy[z] + v.pole[k * places + z]) * reach[z];
      }
      if (total <= 0.0 || room <= 0.0) continue;
      const double per_pull = s.spending[c * categories + k] * in_shops / total;
      double away_here = 0.0;
      for (std::size_t z = 0; z < places; ++z) {
        const double gone = per_pull * local[z] * reach[z] * lost[z];
        away_here += gone;
        if (z == c) at_home[c * categories + k] -= gone;
      }
      double kept = 0.0;
      for (std::size_t z = 0; z < places; ++z) {
        const double come = away_here / room * roomy[z] * reach[z];
        arrived[z] += come;
        kept += come;
        if (z == c) at_home[c * categories + k] += come;
      }
      captured[c * categories + k] += kept - away_here;
    }

    // An establishment has one outlet at most, so the rows of establishments have one writer.
    for (std::size_t z = 0; z < places; ++z) {
      const std::size_t cell = k * places + z;
      for (std::size_t o = v.begin[cell]; o < v.begin[cell] + v.count[cell]; ++o) {
        const std::size_t j = v.outlet_firm[o];
        const bool has_room = now[j] < capacity(j);
        double moved = -turnover[o] * away[o - first];
        if (has_room) moved += arrived[z] * (attraction[o - first] / roomy[z]);
        if (moved == 0.0) continue;
        const double volume = v.margin[k] * moved / kEuroPerKiloEuro / v.price[j];
        turnover[o] += moved;
        order[j] += volume;
        now[j] += volume;
        orders[j] += volume * sub.length();
      }
    }
  });
}

}  // namespace metier::retail
