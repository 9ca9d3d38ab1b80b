#include "models/invariants.hpp"

#include "models/labour/words.hpp"
#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace metier {

void open_month(const Step& step, Add<Ledger> ledger) { ledger->open_month(step.month); }

void check_books(const Step& step, In<AccountBalance> balance, In<FlowPaid> paid, In<FlowReceived> received,
                 In<LedgerKinds> kinds) {
  const std::int64_t sum = integer_sum(balance.size(), [&](std::size_t a) { return balance[a]; });
  METIER_REQUIRE(sum == 0, fmt::format("month {}: balances sum to {} cents", step.month, sum));
  for (const Special special : {Special::kGov, Special::kMel, Special::kGoods, Special::kWages, Special::kConsumption,
                                Special::kInvestment, Special::kProfits}) {
    const std::int64_t left = balance[Accounts::of(special)];
    METIER_REQUIRE(left == 0, fmt::format("month {}: {} cents left on account {}", step.month, left, name_of(special)));
  }
  const std::size_t width = kinds[0];
  for (std::size_t kind = 0; kind < width; ++kind) {
    std::int64_t out = 0, in = 0;
    for (std::size_t cell = kind; cell < paid.size(); cell += width) {
      out += paid[cell];
      in += received[cell];
    }
    METIER_REQUIRE(out == in, fmt::format("month {}: flow {} paid {} received {} cents", step.month,
                                          name_of(static_cast<Flow>(kind)), out, in));
  }
}

namespace {

constexpr std::size_t kStatuses = 9;
constexpr unsigned kPeopleBits = 24;  ///< of a word of Recount::jobs

std::uint64_t jobs_word(std::int64_t wages, std::int64_t people) {
  return (static_cast<std::uint64_t>(wages) << kPeopleBits) + static_cast<std::uint64_t>(people);
}
std::int64_t people_in(std::uint64_t jobs) {
  return static_cast<std::int64_t>(jobs & ((std::uint64_t{1} << kPeopleBits) - 1));
}

/// A stretch of persons, all looked at in the same way: who has which status could not be predicted.
struct Stretch {
  static constexpr std::size_t kMost = 256;
  std::array<std::uint8_t, kMost> fine;   ///< 1: status, employer, wage and home go together
  std::array<std::uint32_t, kMost> cell;  ///< of Recount::jobs; 0, where no job is counted, for who has none
  std::array<std::uint64_t, kMost> word;  ///< what is added there
};

/// Do status, employer and wage of a person agree with each other and with where he or she lives? And which job is it?
void look_at(const std::uint8_t* __restrict home, const labour::Status* __restrict status,
             const Row* __restrict employer, const std::int32_t* __restrict wage, std::size_t n, std::uint32_t communes,
             std::uint32_t zones, std::uint32_t firms, Stretch& out) {
  using labour::bit;
  using labour::Status;
  for (std::size_t i = 0; i < n; ++i) {
    const unsigned resident = bit(home[i] < communes), placed = bit(home[i] < communes + zones);
    const unsigned nowhere = bit(employer[i] == firms::kNoFirm), unpaid = bit(wage[i] == 0);
    const unsigned here = bit(employer[i] < firms) & (nowhere ^ 1u);
    const unsigned there = bit(employer[i] - firms::kOutsideEmployer < zones);
    const unsigned employed = bit(status[i] == Status::kEmployed), owner = bit(status[i] == Status::kSelfEmployed);
    const unsigned absent = bit(status[i] == Status::kAbsent);
    const unsigned jobless = bit(static_cast<std::uint8_t>(status[i]) < kStatuses) & ((employed | owner | absent) ^ 1u);
    out.fine[i] =
        static_cast<std::uint8_t>(placed & ((employed & bit(wage[i] > 0) & (here | (there & resident))) |
                                            (owner & unpaid & here) |  // owners may live outside, too
                                            (nowhere & unpaid & ((absent & (resident ^ 1u)) | (jobless & resident)))));
    const std::uint32_t zone = employer[i] - firms::kOutsideEmployer;
    out.cell[i] = there != 0 ? 2 * firms + zone : employer[i] + owner * firms;
    const std::uint64_t paid_here = here != 0 ? static_cast<std::uint32_t>(wage[i]) : 0;
    out.word[i] = (paid_here << kPeopleBits) + (employed | owner);
  }
}

/// People of a stretch by status; sixty-four at a time are counted side by side in one word.
void count_statuses(const labour::Status* status, std::size_t n, std::int64_t* counts) {
  constexpr std::size_t kTogether = 64;
  constexpr unsigned kBits = 7;
  static_assert(kTogether < (1u << kBits) && kStatuses * kBits <= 64);
  for (std::size_t begin = 0; begin < n; begin += kTogether) {
    const std::size_t end = std::min(n, begin + kTogether);
    std::uint64_t word = 0;
    for (std::size_t i = begin; i < end; ++i) word += std::uint64_t{1} << (kBits * static_cast<unsigned>(status[i]));
    for (std::size_t s = 0; s < kStatuses; ++s) counts[s] += static_cast<std::int64_t>(word >> (kBits * s) & 127u);
  }
}

/// Sum of a row of a table (place, occupation).
std::int64_t row_sum(std::span<const std::int64_t> table, std::size_t place, std::size_t places) {
  const std::size_t width = places > 0 ? table.size() / places : 0;
  const auto row = table.subspan(place * width, width);
  return std::accumulate(row.begin(), row.end(), std::int64_t{0});
}

}  // namespace

void check_headcount(const Step& step, HeadcountView view, Scratch<Recount> recount) {
  Recount& m = *recount;
  const std::size_t firms = view.employees.size(), persons = view.status.size();
  const std::size_t communes = view.jobs.size(), outside = view.in_commuters.size(), homes = communes + outside;
  const std::size_t cells = 2 * firms + outside;
  m.jobs.resize(static_cast<std::size_t>(threads()));
  for_each_item(m.jobs.size(), [&](std::size_t worker) { m.jobs[worker].resize(cells, 0); });
  const std::size_t by_commune = homes * kStatuses;
  m.homes.reset(by_commune + communes);
  constexpr std::size_t kBlock = std::size_t{1} << 15;
  std::vector<std::size_t> wrong((persons + kBlock - 1) / kBlock, persons);
  for_each_block(persons, kBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    std::uint64_t* const jobs = m.jobs[static_cast<std::size_t>(worker_index())].data();
    std::int64_t* const people = m.homes.mine().data();
    Stretch stretch;
    for (std::size_t chunk = begin; chunk < end; chunk += Stretch::kMost) {
      const std::size_t n = std::min(Stretch::kMost, end - chunk);
      const std::uint8_t* const home = view.home.data() + chunk;
      const labour::Status* const status = view.status.data() + chunk;
      look_at(home, status, view.employer.data() + chunk, view.wage.data() + chunk, n,
              static_cast<std::uint32_t>(communes), static_cast<std::uint32_t>(outside),
              static_cast<std::uint32_t>(firms), stretch);
      unsigned all_fine = 1, moves = 0;
      for (std::size_t i = 0; i < n; ++i) {
        all_fine &= stretch.fine[i];
        moves |= static_cast<unsigned>(home[i] ^ home[0]);
      }
      if (all_fine == 0) {
        const auto first = std::find(stretch.fine.begin(), stretch.fine.end(), 0) - stretch.fine.begin();
        wrong[block] = chunk + static_cast<std::size_t>(first);
        return;
      }
      if (moves == 0) {
        count_statuses(status, n, people + home[0] * kStatuses);
      } else {
        for (std::size_t i = 0; i < n; ++i) ++people[home[i] * kStatuses + static_cast<std::size_t>(status[i])];
      }
      for (std::size_t i = 0; i < n; ++i) jobs[stretch.cell[i]] += stretch.word[i];
    }
  });
  const std::size_t first_wrong = wrong.empty() ? persons : *std::min_element(wrong.begin(), wrong.end());
  METIER_REQUIRE(first_wrong == persons,
                 fmt::format("month {}: person in row {} has status {}, employer {}, wage {}, home {}, which do not go "
                             "together",
                             step.month, first_wrong, static_cast<int>(view.status[first_wrong]),
                             view.employer[first_wrong], view.wage[first_wrong], view.home[first_wrong]));

  const auto take = [&](std::size_t cell) {
    std::uint64_t all = 0;
    for (auto& worker : m.jobs) all += std::exchange(worker[cell], 0);
    return all;
  };
  for_each_row(firms, [&](std::size_t i) {
    const std::uint64_t staff = take(i), owners = take(firms + i);
    METIER_REQUIRE(
        staff == jobs_word(view.wage_bill[i], view.employees[i]) && owners == jobs_word(0, view.owners[i]),
        fmt::format(
            "month {}: establishment {} counts {} employees, {} owners, {} cents of wages; persons say {}, {}, {}",
            step.month, i, view.employees[i], view.owners[i], view.wage_bill[i], people_in(staff), people_in(owners),
            staff >> kPeopleBits));
    if (view.employees[i] > 0) m.homes.mine()[by_commune + view.commune[i]] += view.employees[i];
  });
  m.by_home.assign(by_commune + communes, 0);
  m.homes.add_to(std::span<std::int64_t>(m.by_home));
  const std::int64_t jobs = integer_sum(firms, [&](std::size_t i) { return view.employees[i] + view.owners[i]; });

  const auto counted = [&](std::size_t place, labour::Status status) {
    return m.by_home[place * kStatuses + static_cast<std::size_t>(status)];
  };
  const auto same = [&](std::string_view what, std::size_t place, std::int64_t published, std::int64_t found) {
    METIER_REQUIRE(published == found, fmt::format("month {}: {} of place {} are {}, persons and establishments say {}",
                                                   step.month, what, place, published, found));
  };
  std::int64_t residents_at_work = 0, coming = 0, going = 0;
  for (std::size_t c = 0; c < communes; ++c) {
    const std::int64_t employed = counted(c, labour::Status::kEmployed) + counted(c, labour::Status::kSelfEmployed);
    same("employed residents", c, row_sum(view.employed.span(), c, communes), employed);
    same("unemployed residents", c, row_sum(view.unemployed.span(), c, communes),
         counted(c, labour::Status::kUnemployed));
    same("residents of the halo", c, row_sum(view.halo.span(), c, communes), counted(c, labour::Status::kHalo));
    same("salaried jobs", c, view.jobs[c], m.by_home[by_commune + c]);
    residents_at_work += employed;
  }
  for (std::size_t z = 0; z < outside; ++z) {
    same("in-commuters", communes + z, view.in_commuters[z],
         counted(communes + z, labour::Status::kEmployed) + counted(communes + z, labour::Status::kSelfEmployed));
    same("out-commuters", communes + z, view.out_commuters[z], static_cast<std::int64_t>(take(2 * firms + z)));
    coming += view.in_commuters[z];
    going += view.out_commuters[z];
  }
  METIER_REQUIRE(jobs == residents_at_work - going + coming,
                 fmt::format("month {}: {} jobs here; {} residents at work, {} of them outside, and {} in-commuters",
                             step.month, jobs, residents_at_work, going, coming));
}

}  // namespace metier
