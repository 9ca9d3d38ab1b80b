#pragma once
#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace metier {

/// Exit codes of the program (README, "Exit codes").
enum class Exit : int {
  kDone = 0,
  kDifference = 1,    ///< a comparison found a difference
  kUsage = 2,         ///< wrong arguments; output exists or cannot be written
  kScenario = 3,      ///< invalid scenario or a table that it names
  kData = 4,          ///< missing or damaged data pack, checkpoint or HDF5
  kRun = 5,           ///< the run failed (disk full, amounts that outgrow the program, broken promise)
  kInterrupted = 75,  ///< stopped at a month boundary with a checkpoint: safe to resume
};

/// "File" of what the command line changes.
inline constexpr std::string_view kCommandLine = "--set";

/// A place in an input file. Line and column count from 1; 0 means unknown.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

/// One thing that is wrong with the input.
struct Problem {
  Place place;
  std::string message;  ///< key path, what was found, what is allowed
  std::string hint;     ///< how to mend it, or the meaning of the parameter; may be empty
};

/// Text of an input as a terminal may show it: control characters as \xNN, very long texts without their middle.
std::string printable(std::string_view text);

/// Text of a problem: `file:line:column: error: message` and the hint on an indented line. What an input put into it is
/// made fit for a terminal: control characters are shown as \xNN, very long texts lose their middle.
std::string to_text(const Problem& problem);

/// The user's input is wrong, or the run that it asks for cannot go on (Exit::kRun): every problem found, in the order
/// of the files; what() tells the first kMostTold.
class InputError : public std::runtime_error {
 public:
  static constexpr std::size_t kMostTold = 100;
  InputError(Exit exit, std::vector<Problem> problems);
  InputError(Exit exit, Problem problem);
  [[nodiscard]] Exit exit() const { return exit_; }
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

 private:
  Exit exit_;
  std::vector<Problem> problems_;
};

/// Collects problems so that all of them come out in one pass, up to kMost: a table with a wrong column would else fill
/// the memory with messages. A problem that several readers of a file find is told once.
class Problems {
 public:
  static constexpr std::size_t kMost = 10'000;
  void add(Place place, std::string message, std::string hint = {});
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] std::size_t size() const { return list_.size(); }
  [[nodiscard]] const std::vector<Problem>& list() const { return list_; }
  /// Throws InputError with all problems, sorted by file, line, column, if there is any.
  void raise_if_any(Exit exit) const;

 private:
  std::vector<Problem> list_;
  std::set<std::string> told_;  ///< texts of the list
};

/// Letters to insert, take away or change to make one word of the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest of `candidates` to `word` by edit distance, or empty when none is near (more than a third of the letters
/// differ).
std::string nearest_name(std::string_view word, const std::vector<std::string>& candidates);

/// A promise inside the program was broken: a defect, never a user's mistake.
class BrokenPromise : public std::logic_error {
  using std::logic_error::logic_error;
};
[[noreturn]] void broken_promise(const char* condition, const char* file, int line, const std::string& message);

}  // namespace metier

/// A promise of the program, checked in every build; not for row kernels.
#define METIER_REQUIRE(condition, message)                                                 \
  do {                                                                                     \
    if (!(condition)) ::metier::broken_promise(#condition, __FILE__, __LINE__, (message)); \
  } while (false)

/// The same inside a row kernel: checked in Debug and sanitizer builds only.
#ifdef METIER_CHECKED
#define METIER_ASSERT(condition) METIER_REQUIRE(condition, "in a row kernel")
#else
#define METIER_ASSERT(condition) static_cast<void>(0)
#endif
