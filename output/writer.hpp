#pragma once
#include "output/h5.hpp"
#include "output/layout.hpp"
#include "output/provenance.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace metier::output {

/// Where the writer takes the numbers of a run from. All numbers are as stored: in the storage of their variable.
struct RunContent {
  /// Days since the origin of each period of the groups (months, quarters, years); empty: the group is left out.
  std::array<std::vector<std::int32_t>, 3> days;
  /// Fills `into` with periods first .. first + n - 1 of an indicator (index in the layout), row-major. Called by
  /// several threads at once.
  std::function<void(std::size_t indicator, std::size_t first, std::size_t n, std::span<std::byte> into)> values;
  /// Rows of each table of the layout; 0: the table is left out.
  std::vector<std::uint64_t> rows;
  /// Fills `into` with rows first .. first + n - 1 of a table: month (int32), then the columns, without padding.
  std::function<void(std::size_t table, std::uint64_t first, std::size_t n, std::span<std::byte> into)> records;
  /// For each month from 0: the state hash, then one hash per slot of the layout. Empty: no hashes.
  std::vector<std::uint64_t> hashes;
};

/// Months of a chunk; the other axes of a chunk are whole.
inline constexpr std::uint64_t kChunkMonths = 12;

/// The bytes of the run file (HDF5 in netCDF-4/CF shape, output/FORMAT.md), with a check-sum of the whole at its end.
/// Equal arguments give equal bytes, for any number of threads.
h5::FileImage run_image(const RunLayout& layout, const RunContent& content, const Provenance& provenance);

/// End mark that follows the HDF5 file proper, which readers of HDF5 ignore: it tells a damaged file from a whole one.
struct EndMark {
  char magic[8] = {'M', 'E', 'T', 'I', 'E', 'R', 'E', 'N'};
  std::uint64_t length = 0;    ///< bytes before the mark
  std::uint32_t checksum = 0;  ///< CRC-32 of these bytes
  std::uint32_t reserved = 0;
};
static_assert(sizeof(EndMark) == 24);

}  // namespace metier::output
