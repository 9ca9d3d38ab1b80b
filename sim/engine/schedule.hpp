#pragma once
#include "sim/engine/access.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace metier {

/// The cells of one indicator, row-major over its dimensions: the last parameter of an indicator's function.
using Cells = std::span<double>;

/// A free function with its parameters bound and its accesses listed.
struct BoundFunction {
  std::vector<Access> accesses;
  std::function<void(World&, const Step&, Cells)> call;
};

namespace detail {
template <class T>
inline constexpr bool is_step = std::is_same_v<T, const Step&>;
template <class T>
inline constexpr bool is_parameters =
    std::is_lvalue_reference_v<T>&& std::is_const_v<std::remove_reference_t<T>> && !is_step<T>;

template <class T, std::size_t position, class Parameters>
decltype(auto) make_argument(World& world, const Step& step, Cells cells, const Parameters& parameters) {
  if constexpr (is_step<T>) {
    return (step);
  } else if constexpr (std::is_same_v<T, Cells>) {
    return cells;
  } else if constexpr (is_parameters<T>) {
    return std::get<position>(parameters);
  } else {
    return Argument<T>::make(world, step);
  }
}

template <class... A, class Parameters, std::size_t... I>
void call_with(void (*function)(A...), World& world, const Step& step, Cells cells, const Parameters& parameters,
               std::index_sequence<I...>) {
  // Position of each argument among the bound parameters: how many parameter references stand before it.
  static constexpr auto positions = [] {
    std::array<std::size_t, sizeof...(A) + 1> at{};
    std::size_t next = 0, i = 0;
    ((at[i++] = next, next += is_parameters<A> ? 1 : 0), ...);
    return at;
  }();
  function(make_argument<A, positions[I]>(world, step, cells, parameters)...);
}

template <class T>
void declare_argument(std::vector<Access>& accesses) {
  if constexpr (!std::is_reference_v<T> && !std::is_same_v<T, Cells>) {
    Argument<T>::declare([&](const Access& access) { accesses.push_back(access); });
  }
}
}  // namespace detail

/// Binds parameter structs to a process or an indicator function. They are copied, once for each process when the
/// schedule is made: what the caller does with its own, or how long it keeps them, makes no difference.
template <class... A, class... P>
BoundFunction bind_function(void (*function)(A...), P&&... parameters) {
  static_assert((0 + ... + (detail::is_parameters<A> ? 1 : 0)) == sizeof...(P),
                "one bound object for each `const Params&` of the function, in its order");
  BoundFunction bound;
  (detail::declare_argument<A>(bound.accesses), ...);
  bound.call = [function, held = std::tuple<std::remove_cvref_t<P>...>(std::forward<P>(parameters)...)](
                   World& world, const Step& step, Cells cells) {
    detail::call_with(function, world, step, cells, held, std::index_sequence_for<A...>{});
  };
  return bound;
}

/// One process of the month.
struct Process {
  std::string phase;  ///< "P8"
  int sub_phase = 0;  ///< counts from 0 inside the phase
  std::string name;   ///< "labour.match"
  BoundFunction function;
  bool at_start = false;  ///< also runs once on the state at t = 0 (counting phases)
  std::int64_t nanoseconds = 0;
  std::int64_t calls = 0;
};

/// The month: phases of named processes. Processes of one sub-phase are independent: a column has one writer there and
/// nobody else reads it; adders of integers may share it.
class Schedule {
 public:
  class Phase {
   public:
    template <class... A, class... P>
    Phase& add(std::string_view name, void (*process)(A...), P&&... parameters) {
      schedule_->add(code_, sub_phase_, at_start_, name, bind_function(process, std::forward<P>(parameters)...));
      return *this;
    }
    /// What follows may read what stands before: a new sub-phase.
    Phase& then() {
      ++sub_phase_;
      return *this;
    }

   private:
    friend class Schedule;
    Phase(Schedule* schedule, std::string code, int sub_phase, bool at_start)
        : schedule_(schedule), code_(std::move(code)), sub_phase_(sub_phase), at_start_(at_start) {}
    Schedule* schedule_;
    std::string code_;
    int sub_phase_;
    bool at_start_;
  };

  enum class RunAt { kMonths, kMonthsAndStart };
  Phase phase(std::string_view code, std::string_view title, RunAt run_at = RunAt::kMonths);

  /// Refuses conflicts (BrokenPromise naming phase, column and both processes), then makes every named column exist.
  void seal(World& world) const;

  /// Called after each process of a month, for `--hash` and for tests.
  using AfterProcess = std::function<void(const Process&)>;
  void run_month(World& world, const Step& step, const AfterProcess& after = {});
  /// Runs the processes of the phases that also look at t = 0.
  void run_start(World& world, const Step& step);

  [[nodiscard]] const std::deque<Process>& processes() const { return processes_; }
  /// Phase, process, reads, writes, random domain: what `metier describe schedule` prints and a run keeps.
  [[nodiscard]] std::string describe() const;
  /// Titles of the phases in order: (code, title).
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& phases() const { return phases_; }
  /// Columns that some process may change, in the order of names: those that carry something from month to month, and
  /// those that each month overwrites (`Out`) before anybody reads them.
  struct Written {
    std::vector<std::string> carried, within_month;
  };
  [[nodiscard]] Written written_columns(const World& world) const;
  void reset_timings();

 private:
  void add(const std::string& phase, int sub_phase, bool at_start, std::string_view name, BoundFunction function);
  void run_one(Process& process, World& world, const Step& step);

  std::deque<Process> processes_;
  std::vector<std::pair<std::string, std::string>> phases_;
};

}  // namespace metier
