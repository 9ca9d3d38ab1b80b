#include "sim/app/progress.hpp"

#include "sim/app/streams.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace metier::app {

std::string duration_text(double seconds) {
  if (seconds < 10.0) return fmt::format("{:.1f} s", seconds);
  const auto whole = std::llround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

Progress::Style Progress::style_of_terminal(bool quiet) {
  if (quiet) return Style::kQuiet;
  return isatty(STDERR_FILENO) == 1 ? Style::kTerminal : Style::kLines;
}

Progress::Progress(Style style, int first_month, int months, Month start)
    : style_(style), first_(first_month), months_(months), next_line_(first_month), start_(start) {}

void Progress::say(const std::string& text) {
  if (style_ == Style::kQuiet) return;
  close();
  tell("{}\n", text);
}

void Progress::month_done(int month) {
  if (style_ == Style::kQuiet) return;
  const Clock::time_point now = Clock::now();
  if (!timing_) {  // the first month pays for memory that the others use again
    timing_ = true;
    begin_ = now;
    first_ = month;
  }
  const bool last = month == months_;
  if (style_ == Style::kTerminal) {
    if (!last && now - shown_ < std::chrono::milliseconds(100)) return;
  } else {
    if (!last && month < next_line_) return;
    next_line_ = month + std::max(1, months_ / 10);
  }
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  std::string text = fmt::format("month {} of {} ({})", month, months_, to_text(start_ + (month - 1)));
  if (month > first_) {
    const double each = seconds / (month - first_);
    text += fmt::format("  {:.0f} ms per month", 1e3 * each);
    if (!last) text += fmt::format("  {} left", duration_text(each * (months_ - month)));
  }
  if (style_ == Style::kLines) {
    tell("{}\n", text);
  } else {
    tell("\r\033[K{}", text);
    line_open_ = true;
  }
  std::fflush(stderr);
}

void Progress::close() {
  if (!line_open_) return;
  tell("\n");
  line_open_ = false;
}

}  // namespace metier::app
