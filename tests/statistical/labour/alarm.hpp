#pragma once

namespace metier::labour {

inline constexpr double kAlarm = 4.9;  ///< a standard normal is beyond with probability 1e-6

}  // namespace metier::labour
