#pragma once
#include "sim/config/paths.hpp"
#include "sim/core/error.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace metier::test {

/// A folder of its own for one test, emptied before and after. `root` stands for the root of the project: files of a
/// scenario lie in root/scenarios or in `user`, outside of it.
class Scratch {
 public:
  Scratch() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string(info->test_suite_name()) + "." + info->name();
    std::replace(name.begin(), name.end(), '/', '.');
    base_ = std::filesystem::canonical(testing::TempDir()) / ("metier_" + name);
    std::filesystem::remove_all(base_);
    std::filesystem::create_directories(base_ / "root" / "scenarios" / "data");
    std::filesystem::create_directories(base_ / "user");
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(base_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// Writes a file, "user/a.yaml", and returns its whole path.
  std::string write(const std::string& path, std::string_view text) const {
    const std::filesystem::path whole = base_ / path;
    std::filesystem::create_directories(whole.parent_path());
    std::ofstream(whole, std::ios::binary) << text;
    return whole.string();
  }
  [[nodiscard]] std::string at(const std::string& path) const { return (base_ / path).string(); }
  [[nodiscard]] PathRules rules() const { return {at("root"), at("root/scenarios/data"), at("user")}; }

  /// What a user reads, with the path of this folder left out.
  [[nodiscard]] std::vector<std::string> texts(const Problems& problems) const {
    auto sorted = problems.list();
    std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
      return std::tie(a.place.file, a.place.line, a.place.column) <
             std::tie(b.place.file, b.place.line, b.place.column);
    });
    std::vector<std::string> out;
    out.reserve(sorted.size());
    for (const Problem& problem : sorted) out.push_back(short_path(to_text(problem)));
    return out;
  }
  [[nodiscard]] std::string short_path(std::string text) const {
    const std::string base = base_.string() + "/";
    for (std::size_t found = text.find(base); found != std::string::npos; found = text.find(base))
      text.erase(found, base.size());
    return text;
  }

 private:
  std::filesystem::path base_;
};

}  // namespace metier::test
