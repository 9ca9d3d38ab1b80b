#include "tests/exact/verify/steady_state.hpp"

#include "models/accounts.hpp"
#include "sim/app/scenario_input.hpp"
#include "sim/engine/ledger.hpp"
#include "sim/engine/simulator.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <span>

namespace metier::test {

namespace {

constexpr double kDrift = 1e-9;  // model.md, V6

/// Columns that cannot stand still, and why.
const std::map<std::string, std::string, std::less<>> kExcepted{
    {"person.duration", "clock: months without a job"},
    {"duration_band.unemployed", "the same, counted"},
    {"commune.long_term_unemployed", "the same, counted"},
    {"labour_market.unemployed_before", "of the month before: none at t = 0"},
    {"labour_market.salaried_before", "of the month before: none at t = 0"},
};

/// The three economies outside settle what they owe each other among themselves: only their sum is a position of the
/// territory (model.md, section 4: one column for all of them). Moves it into the first of the three accounts.
void join_outside(std::vector<std::byte>& balances) {
  std::int64_t sum = 0;
  const std::size_t first = Accounts::of(Special::kRof);
  for (const Special special : {Special::kRof, Special::kNwe, Special::kRow}) {
    std::int64_t balance = 0;
    std::byte* at = balances.data() + Accounts::of(special) * sizeof balance;
    std::memcpy(&balance, at, sizeof balance);
    sum += balance;
    std::memset(at, 0, sizeof balance);
  }
  std::memcpy(balances.data() + first * sizeof sum, &sum, sizeof sum);
}

using State = std::map<std::string, std::vector<std::byte>, std::less<>>;

State state_of(const World& world) {
  State state;
  for (const auto& [name, store] : world.columns()) {
    if (kExcepted.find(name) != kExcepted.end()) continue;
    state[name].assign(store.bytes().begin(), store.bytes().end());
    if (name == AccountBalance::info.name) join_outside(state[name]);
  }
  return state;
}

struct Worst {
  double drift = 0.0;
  int month = 0;
  std::size_t row = 0, moved = 0;
  double was = 0.0, is = 0.0;
};

template <class T>
void compare(std::span<const std::byte> before, std::span<const std::byte> now, int month, Worst& worst) {
  const std::size_t n = before.size() / sizeof(T);
  for (std::size_t i = 0; i < n; ++i) {
    T a, b;
    std::memcpy(&a, before.data() + i * sizeof(T), sizeof(T));
    std::memcpy(&b, now.data() + i * sizeof(T), sizeof(T));
    if (a == b) continue;
    const auto was = static_cast<double>(a), is = static_cast<double>(b);
    double drift = std::numeric_limits<double>::infinity();  // NaN and everything else that has no size
    if (std::isfinite(was) && std::isfinite(is)) drift = std::fabs(is - was) / std::max(std::fabs(was), std::fabs(is));
    if constexpr (std::is_integral_v<T>) drift = std::max(drift, 2 * kDrift);  // a cent is a cent
    if (drift > kDrift) ++worst.moved;
    if (drift > worst.drift) {
      worst.drift = drift;
      worst.month = month;
      worst.row = i;
      worst.was = was;
      worst.is = is;
    }
  }
}

void compare(ValueType type, std::span<const std::byte> before, std::span<const std::byte> now, int month,
             Worst& worst) {
  if (before.size() != now.size()) {
    worst = {std::numeric_limits<double>::infinity(), month, 0, 1, static_cast<double>(before.size()),
             static_cast<double>(now.size())};
    return;
  }
  if (now.empty() || std::memcmp(before.data(), now.data(), now.size()) == 0) return;
  switch (type) {
    case ValueType::kU8: return compare<std::uint8_t>(before, now, month, worst);
    case ValueType::kU16: return compare<std::uint16_t>(before, now, month, worst);
    case ValueType::kU32: return compare<std::uint32_t>(before, now, month, worst);
    case ValueType::kU64: return compare<std::uint64_t>(before, now, month, worst);
    case ValueType::kI8: return compare<std::int8_t>(before, now, month, worst);
    case ValueType::kI16: return compare<std::int16_t>(before, now, month, worst);
    case ValueType::kI32: return compare<std::int32_t>(before, now, month, worst);
    case ValueType::kI64: return compare<std::int64_t>(before, now, month, worst);
    case ValueType::kF32: return compare<float>(before, now, month, worst);
    case ValueType::kF64: return compare<double>(before, now, month, worst);
    case ValueType::kOther: return compare<std::uint8_t>(before, now, month, worst);
  }
}

}  // namespace

std::string what_moves(const SteadyCase& steady) {
  app::Common common;
  common.root = METIER_SOURCE_DIR;
  std::vector<std::string> changes = steady.changes;
  changes.push_back(fmt::format("run.months={}", steady.months));
  const std::string path = std::string(METIER_SOURCE_DIR) + "/scenarios/verify/v06/case.yaml";
  const app::BoundScenario bound = app::load_or_throw(path, changes, common);
  const auto model = app::build_or_throw(bound, BuildUntil::kStart);
  const RunParams& run = model->params.run;
  Simulator simulator(model->world, model->month, model->indicators,
                      {run.start, run.months, Seeds{run.seed, run.replicate}, false});
  simulator.start(nullptr);

  const State first = state_of(model->world);
  std::map<std::string, Worst> worst;
  while (!simulator.finished()) {
    simulator.advance(nullptr);
    for (const auto& [name, values] : state_of(model->world)) {
      const ValueType type = model->world.columns().find(name)->second.type();
      compare(type, first.at(name), values, simulator.month(), worst[name]);
    }
  }
  std::string lines;
  for (const auto& [name, w] : worst) {
    if (w.moved > 0) {
      lines += fmt::format("{}: {} values; worst by {:.3g} in month {}, row {}: {:.17g} -> {:.17g}\n", name, w.moved,
                           w.drift, w.month, w.row, w.was, w.is);
    }
  }
  return lines;
}

}  // namespace metier::test
