#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace metier::synthesis {

/// The six groups of sectors in which establishments and jobs are counted by commune.
inline constexpr std::size_t kGroups = 6;
inline constexpr std::array<std::string_view, kGroups> kGroupCodes{"AZ", "BE", "FZ", "G", "HU", "OQ"};

/// Classes of employees on 31 December. Employers have class 0 to 4; the fifth is that of units which never employ.
inline constexpr std::size_t kClasses = 5;
inline constexpr std::array<std::string_view, kClasses> kClassCodes{"0", "1-9", "10-19", "20-49", "50+"};
inline constexpr std::array<int, kClasses> kClassLow{0, 1, 10, 20, 50};
inline constexpr std::array<int, kClasses> kClassHigh{0, 9, 19, 49, 1'000'000};
inline constexpr std::uint8_t kNeverEmployer = 5;
/// Size classes that are counted by commune: 0, 1-9, 10+ (the three upper classes).
inline constexpr std::size_t kCounted = 3;
inline constexpr std::array<std::size_t, kClasses> kCountedOfClass{0, 1, 2, 2, 2};

/// Establishments while the population is being built: one entry each, sorted by commune, group, sector, class.
struct Units {
  std::vector<std::uint8_t> commune;
  std::vector<std::uint8_t> group;
  std::vector<std::uint8_t> size_class;  ///< 0..4 or kNeverEmployer
  std::vector<std::uint16_t> sector;
  std::vector<std::uint64_t> key;
  std::vector<double> latent;  ///< size drawn inside the class, before jobs are reconciled
  std::vector<std::int32_t> employees;
  std::vector<std::int32_t> owners;  ///< self-employed
  std::vector<std::uint32_t> begin;  ///< first unit of each commune, and the end: communes + 1 entries

  [[nodiscard]] std::size_t size() const { return key.size(); }
  [[nodiscard]] std::size_t communes() const { return begin.size() - 1; }
  void resize(std::size_t n) {
    commune.resize(n);
    group.resize(n);
    size_class.resize(n);
    sector.resize(n);
    key.resize(n);
    latent.resize(n);
    employees.resize(n);
    owners.resize(n);
  }
};

}  // namespace metier::synthesis
