#pragma once
#include "sim/core/text.hpp"

#include <chrono>
#include <string>

namespace metier::app {

/// "4 s", "3 min 20 s", "2 h 05 min".
std::string duration_text(double seconds);

/// Tells how far a run is, on standard error: one line that is rewritten on a terminal, plain lines in a log (about ten
/// of them), nothing when quiet.
class Progress {
 public:
  enum class Style { kQuiet, kLines, kTerminal };
  /// The style that fits standard error.
  static Style style_of_terminal(bool quiet);

  Progress(Style style, int first_month, int months, Month start);
  /// What is being done before the first month.
  void say(const std::string& text);
  /// The month is done.
  void month_done(int month);
  /// Ends the line on a terminal.
  void close();

 private:
  using Clock = std::chrono::steady_clock;
  Style style_;
  int first_, months_, next_line_;
  Month start_;
  Clock::time_point begin_ = Clock::now(), shown_ = Clock::now();
  bool timing_ = false;     // the first month has been seen
  bool line_open_ = false;  // something stands on the terminal's last line
};

}  // namespace metier::app
