#include "models/synthesis/owners.hpp"

#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace metier::synthesis {
namespace {

/// Who may have an owner, in the order in which they are asked once the shares have been served.
enum OwnerPlace : std::size_t { kUnits = 0, kSmall, kSeasonal, kLarger, kPlaces };

struct Lot {
  double draw;
  std::uint32_t unit;
};

struct CommuneOwners {
  std::int64_t placed = 0;
  std::int64_t beyond_rule = 0;  ///< owners that only the widened rule could place
};

CommuneOwners assign(const DataPack& pack, const Params& params, const SynthesisKeys& keys, std::int64_t asked,
                     std::size_t begin, std::size_t end, Units& units) {
  std::array<std::vector<Lot>, kPlaces> places;
  for (std::size_t i = begin; i < end; ++i) {
    units.owners[i] = 0;
    if (!pack.sectors[units.sector[i]].self_employed) continue;
    const std::uint8_t size_class = units.size_class[i];
    const OwnerPlace place = size_class == kNeverEmployer ? kUnits
                             : size_class == 0            ? kSeasonal
                             : size_class == 1            ? kSmall
                                                          : kLarger;
    Draws draws = keys.draws(RngDomain::kSynthesisOwner, units.key[i]);
    places[place].push_back({draws.uniform(), static_cast<std::uint32_t>(i)});
  }
  for (auto& lots : places) {
    std::sort(lots.begin(), lots.end(),
              [](const Lot& a, const Lot& b) { return a.draw < b.draw || (a.draw == b.draw && a.unit < b.unit); });
  }
  CommuneOwners result;
  std::int64_t left = asked;
  const auto give = [&](const Lot& lot) {
    ++units.owners[lot.unit];
    ++result.placed;
    --left;
  };
  // The share of a kind has owners: those with the lowest draws.
  for (const auto& [place, share] :
       {std::pair{kSeasonal, params.seasonal_owner_share}, std::pair{kSmall, params.owner_share}}) {
    for (const Lot& lot : places[place]) {
      if (left > 0 && lot.draw < share) give(lot);
    }
  }
  for (const Lot& lot : places[kUnits]) {
    if (left > 0) give(lot);
  }
  result.beyond_rule = left;
  for (const OwnerPlace place : {kSmall, kSeasonal, kLarger}) {
    for (const Lot& lot : places[place]) {
      if (left > 0 && units.owners[lot.unit] == 0) give(lot);
    }
  }
  bool anybody = true;
  while (left > 0 && anybody) {
    anybody = false;
    for (const auto& lots : places) {
      for (const Lot& lot : lots) {
        if (left > 0) give(lot);
        anybody = true;
      }
    }
  }
  result.beyond_rule -= left;
  return result;
}

/// Owners of a commune that a small scale has left without a fitting establishment go to the commune that has most of
/// them.
std::vector<std::int64_t> where_possible(const DataPack& pack, std::span<const std::int64_t> asked,
                                         const Units& units) {
  std::vector<std::int64_t> fitting(asked.size()), wanted(asked.begin(), asked.end());
  for (std::size_t i = 0; i < units.size(); ++i)
    fitting[units.commune[i]] += pack.sectors[units.sector[i]].self_employed ? 1 : 0;
  const auto most = static_cast<std::size_t>(std::max_element(fitting.begin(), fitting.end()) - fitting.begin());
  for (std::size_t c = 0; c < wanted.size(); ++c) {
    if (fitting[c] > 0 || c == most) continue;
    wanted[most] += wanted[c];
    wanted[c] = 0;
  }
  return wanted;
}

}  // namespace

void assign_owners(const DataPack& pack, const Params& params, const SynthesisKeys& keys,
                   std::span<const std::int64_t> asked, Units& units, InitReport& report) {
  const std::vector<std::int64_t> wanted = where_possible(pack, asked, units);
  std::vector<CommuneOwners> found(units.communes());
  for_each_item(found.size(), [&](std::size_t c) {
    found[c] = assign(pack, params, keys, wanted[c], units.begin[c], units.begin[c + 1], units);
  });
  double data_all = 0.0, obtained_all = 0.0, beyond = 0.0;
  for (std::size_t c = 0; c < found.size(); ++c) {
    report.add("self-employed by commune", pack.communes[c].code, static_cast<double>(asked[c]),
               static_cast<double>(found[c].placed), kExact, "exact");
    data_all += params.scale_factor * (pack.communes[c].jobs - pack.communes[c].salaried_jobs);
    obtained_all += static_cast<double>(found[c].placed);
    beyond += static_cast<double>(found[c].beyond_rule);
  }
  report.add("self-employed", "all", data_all, obtained_all, std::max(0.001, 0.5 / std::max(1.0, data_all)),
             "within 0.1 %");
  report.add("owners placed beyond the shares", "all", 0.0, beyond, kInformation, "communes with too few units");
}

}  // namespace metier::synthesis
