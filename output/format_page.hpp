#pragma once
#include "output/layout.hpp"

#include <span>
#include <string>

namespace metier::output {

/// The page output/FORMAT.md: what a run file contains, from the declarations of the program.
std::string format_page(std::span<const IndicatorInfo> indicators, std::span<const DimensionInfo> dimensions,
                        std::span<const OutputTable> tables = {});

}  // namespace metier::output
