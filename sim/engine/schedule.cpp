#include "sim/engine/schedule.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <map>
#include <set>

namespace metier {

namespace {

std::string table_of(std::string_view column) { return std::string(column.substr(0, column.find('.'))); }

/// Who does what to one column (or, for structure, to a whole table) inside a sub-phase.
struct Touch {
  std::set<std::string> readers, writers, adders;
};

[[noreturn]] void refuse(const std::string& phase, const std::string& column, const std::string& what) {
  throw BrokenPromise(fmt::format("schedule: in phase {} {} on '{}'; put then() between them", phase, what, column));
}

void check_sub_phase(const std::string& phase, const std::vector<const Process*>& processes) {
  std::map<std::string, Touch> touches;
  std::map<std::string, std::string> structure;  // table -> process that may change its rows
  for (const Process* process : processes) {
    for (const Access& access : process->function.accesses) {
      const std::string name(access.name);
      if (access.kind == AccessKind::kRead) touches[name].readers.insert(process->name);
      if (access.kind == AccessKind::kWrite) touches[name].writers.insert(process->name);
      if (access.kind == AccessKind::kAdd) touches[name].adders.insert(process->name);
      if (access.kind == AccessKind::kStructure) structure[name] = process->name;
    }
  }
  for (const auto& [column, touch] : touches) {
    if (touch.writers.size() > 1) {
      refuse(phase, column,
             fmt::format("'{}' and '{}' both write", *touch.writers.begin(), *std::next(touch.writers.begin())));
    }
    for (const std::string& writer : touch.writers) {
      for (const std::string& reader : touch.readers) {
        if (reader != writer) refuse(phase, column, fmt::format("'{}' writes while '{}' reads", writer, reader));
      }
      for (const std::string& adder : touch.adders) {
        if (adder != writer) refuse(phase, column, fmt::format("'{}' writes while '{}' adds", writer, adder));
      }
    }
    for (const std::string& adder : touch.adders) {
      for (const std::string& reader : touch.readers) {
        if (reader != adder) refuse(phase, column, fmt::format("'{}' adds while '{}' reads", adder, reader));
      }
    }
    const auto resized = structure.find(table_of(column));
    if (resized == structure.end()) continue;
    for (const auto* group : {&touch.readers, &touch.writers, &touch.adders}) {
      for (const std::string& other : *group) {
        if (other != resized->second) {
          refuse(phase, column,
                 fmt::format("'{}' changes the rows of the table while '{}' touches it", resized->second, other));
        }
      }
    }
  }
}

}  // namespace

Schedule::Phase Schedule::phase(std::string_view code, std::string_view title, RunAt run_at) {
  const auto same = [&](const auto& p) { return p.first == code; };
  METIER_REQUIRE(std::none_of(phases_.begin(), phases_.end(), same), "phase declared twice: " + std::string(code));
  phases_.emplace_back(code, title);
  return Phase(this, std::string(code), 0, run_at == RunAt::kMonthsAndStart);
}

void Schedule::add(const std::string& phase, int sub_phase, bool at_start, std::string_view name,
                   BoundFunction function) {
  const auto same = [&](const Process& p) { return p.name == name; };
  METIER_REQUIRE(std::none_of(processes_.begin(), processes_.end(), same), "process added twice: " + std::string(name));
  processes_.push_back(Process{phase, sub_phase, std::string(name), std::move(function), at_start});
}

void Schedule::seal(World& world) const {
  std::vector<const Process*> together;
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    together.push_back(&processes_[i]);
    const bool last = i + 1 == processes_.size() || processes_[i + 1].phase != processes_[i].phase ||
                      processes_[i + 1].sub_phase != processes_[i].sub_phase;
    if (last) {
      check_sub_phase(processes_[i].phase, together);
      together.clear();
    }
  }
  for (const Process& process : processes_) {
    for (const Access& access : process.function.accesses) {
      if (access.touch != nullptr) access.touch(world);
    }
  }
}

void Schedule::run_one(Process& process, World& world, const Step& step) {
  const auto begin = std::chrono::steady_clock::now();
  process.function.call(world, step, {});
  process.nanoseconds +=
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begin).count();
  ++process.calls;
}

void Schedule::run_month(World& world, const Step& step, const AfterProcess& after) {
  for (Process& process : processes_) {
    run_one(process, world, step);
    if (after) after(process);
  }
}

void Schedule::run_start(World& world, const Step& step) {
  for (Process& process : processes_) {
    if (process.at_start) run_one(process, world, step);
  }
}

std::string Schedule::describe() const {
  std::string text;
  for (const auto& [code, title] : phases_) {
    text += fmt::format("{}  {}\n", code, title);
    for (const Process& process : processes_) {
      if (process.phase != code) continue;
      text += fmt::format("  {}.{}  {}\n", code, process.sub_phase, process.name);
      const auto list = [&](std::string_view label, AccessKind kind) {
        std::string names;
        for (const Access& access : process.function.accesses) {
          if (access.kind == kind) names += fmt::format(" {}", access.name);
        }
        if (!names.empty()) text += fmt::format("        {:<7}{}\n", label, names);
      };
      list("reads", AccessKind::kRead);
      list("writes", AccessKind::kWrite);
      list("adds", AccessKind::kAdd);
      list("rows of", AccessKind::kStructure);
      list("random", AccessKind::kRandom);
    }
  }
  return text;
}

Schedule::Written Schedule::written_columns(const World& world) const {
  std::map<std::string, bool> carried;  // by the first process of the month that touches the column
  std::set<std::string> written;
  for (const Process& process : processes_) {
    std::set<std::string> overwritten;
    const auto carry = [&](const std::string& name) {
      carried.try_emplace(name, true);
      overwritten.erase(name);
    };
    for (const Access& access : process.function.accesses) {
      const std::string name(access.name);
      if (access.kind == AccessKind::kRead || access.kind == AccessKind::kAdd) carry(name);
      if (access.kind == AccessKind::kWrite && !carried.contains(name)) overwritten.insert(name);
      if (access.kind == AccessKind::kWrite || access.kind == AccessKind::kAdd) written.insert(name);
      if (access.kind != AccessKind::kStructure) continue;
      for (const auto& [column, store] : world.columns()) {
        if (store.table().name != access.name) continue;
        carry(column);
        written.insert(column);
      }
    }
    for (const std::string& name : overwritten) carried.try_emplace(name, false);
  }
  Written all;
  for (const std::string& name : written) (carried.at(name) ? all.carried : all.within_month).push_back(name);
  return all;
}

void Schedule::reset_timings() {
  for (Process& process : processes_) process.nanoseconds = process.calls = 0;
}

}  // namespace metier
