#pragma once
#include "models/accounts.hpp"
#include "models/firms/columns.hpp"
#include "models/households/columns.hpp"
#include "sim/core/world.hpp"
#include "sim/engine/ledger.hpp"
#include "sim/engine/schedule.hpp"

namespace metier {

/// Establishments 1 .. n (row 0 is nobody) and household cells, with empty accounts.
inline void open_books(World& world, std::size_t firms, std::size_t cells = 1) {
  world.set_rows<firms::Firm>(firms + 1);
  world.set_rows<households::Cell>(cells);
  const Accounts accounts(cells);
  Ledger::open(world, accounts.count(firms + 1), AccountGroups(1).count(), static_cast<std::size_t>(Flow::kCount));
  const auto group = world.column<AccountGroup>();
  for (std::size_t a = 0; a < group.size(); ++a) group[a] = static_cast<std::uint16_t>(a % AccountGroups(1).count());
}

/// Runs one schedule for a month.
inline void run(World& world, Schedule& schedule, int month) {
  schedule.seal(world);
  Step step;
  step.month = month;
  step.calendar = Month{2019, 1} + (month - 1);
  schedule.run_month(world, step);
}

}  // namespace metier
