#pragma once
#include "sim/config/input_file.hpp"
#include "sim/core/text.hpp"

#include <string>
#include <vector>

namespace metier {
class Problems;
}

/// Reading of the paths of the outside world (scenarios/paths/README.md); month 0 is the month before the first one.
namespace metier::outside {

/// Outside demand by month and good relative to t = 0, good fastest: tilt(m) x level(m) / mean level of the three
/// months before the first. Empty when no path of the level is given. Ends with the level's last row.
///
/// series    of each good, the key of its tilt; "none": tilt 1
/// Errors    to `problems`, at the cell
std::vector<double> read_demand(const InputFile& level, const InputFile& tilt, Month start,
                                const std::vector<std::string>& series, Problems& problems);

/// Levels of the measures by month, kEmergencyKeys per month, up to the last month that changes one. Empty when not
/// given.
std::vector<double> read_emergency(const InputFile& file, Month start, Problems& problems);

}  // namespace metier::outside
