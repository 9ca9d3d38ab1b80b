#include "models/labour/spells.hpp"

#include "models/labour/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace metier::labour {

void age_spells(const Params& params, In<Key> key, InOut<StatusOf> status, InOut<Duration> duration, InOut<Skill> skill,
                In<HaloEntryAtRest> halo_entry, In<VacanciesBySector> vacancies, In<Unemployed> unemployed,
                Random<RngDomain::kLabourHalo> random, Scratch<Spells> spells) {
  select_rows(
      key.size(),
      [&](std::size_t begin, std::size_t end, Picks& picks) {
        for_each_jobless(status.data(), begin, end, [&](std::size_t h) { picks.add(h); });
      },
      spells->selection);

  const auto posts = static_cast<double>(std::accumulate(vacancies.begin(), vacancies.end(), std::int64_t{0}));
  const auto people = static_cast<double>(std::accumulate(unemployed.begin(), unemployed.end(), std::int64_t{0}));
  const std::uint64_t enters = chance(params.halo_entry_factor * halo_entry[0]);
  const std::uint64_t returns = chance(params.halo_return * (people > 0.0 ? posts / people : 0.0));
  const std::vector<Row>& rows = spells->selection.rows;
  const StepStream& stream = random.stream();
  for_each_block(rows.size(), 16 * kWordChunk, [&](std::size_t, std::size_t begin, std::size_t end) {
    Words words;
    std::array<std::uint64_t, kWordChunk> keys;
    for (std::size_t chunk = begin; chunk < end; chunk += kWordChunk) {
      const std::size_t n = std::min(kWordChunk, end - chunk);
      for (std::size_t i = 0; i < n; ++i) keys[i] = key[rows[chunk + i]];
      draw_words(stream, keys.data(), nullptr, n, 0, words);
      for (std::size_t i = 0; i < n; ++i) {
        const Row h = rows[chunk + i];
        duration[h] = static_cast<std::uint8_t>(std::min(255, duration[h] + 1));
        if (duration[h] > params.skill_decay_after) {
          skill[h] = static_cast<float>(skill[h] - params.skill_decay * std::abs(static_cast<double>(skill[h])));
        }
        if (status[h] == Status::kUnemployed) {
          if (duration[h] > params.halo_entry_after && words.w0[i] < enters) status[h] = Status::kHalo;
        } else if (words.w0[i] < returns) {
          status[h] = Status::kUnemployed;
        }
      }
    }
  });
}

}  // namespace metier::labour
