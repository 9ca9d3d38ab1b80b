#include "sim/config/paths.hpp"

#include <filesystem>
#include <fmt/format.h>

namespace metier {

namespace fs = std::filesystem;

namespace {
bool inside(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_normal().lexically_relative(folder.lexically_normal());
  return !relative.empty() && *relative.begin() != "..";
}
}  // namespace

std::optional<std::string> resolve_path(const std::string& text, const Place& named_at, const PathRules& rules,
                                        PathUse use, Problems& problems) {
  const bool from_command = named_at.file == kCommandLine;
  const fs::path written(text);
  fs::path path;
  if (text.empty()) {
    problems.add(named_at, "the path is empty", "name a file, or leave the key out");
    return std::nullopt;
  }
  if (written.is_absolute()) {
    if (!from_command && use != PathUse::kExtends) {
      problems.add(named_at, fmt::format("'{}' is an absolute path", text),
                   "paths start at the folder of this file, 'scenarios/' at the root, 'data/' at data.root");
      return std::nullopt;
    }
    path = written;
  } else if (from_command) {
    path = fs::path(rules.working) / written;
  } else {
    fs::path folder = fs::absolute(fs::path(named_at.file)).parent_path();
    if (text.starts_with("scenarios/")) {
      path = fs::path(rules.root) / written;
      folder = rules.root;
    } else if (text.starts_with("data/")) {
      path = fs::path(rules.data_root) / text.substr(5);
      folder = rules.data_root;
    } else {
      path = fs::path(named_at.file).parent_path() / written;
    }
    const fs::path full = fs::absolute(path);
    if (!inside(full, folder) && !inside(full, rules.root)) {
      problems.add(named_at, fmt::format("'{}' leads out of the folder that it starts from", text),
                   use == PathUse::kExtends ? "keep the file beside the scenario, or give its absolute path"
                                            : "keep the file beside the scenario, or give it with --set");
      return std::nullopt;
    }
  }
  path = path.lexically_normal();
  std::error_code error;
  const bool folder = use == PathUse::kFolder;
  if (folder ? !fs::is_directory(path, error) : !fs::is_regular_file(path, error)) {
    problems.add(named_at, fmt::format("{} '{}' does not exist", folder ? "folder" : "file", text),
                 fmt::format("looked for {}", path.string()));
    return std::nullopt;
  }
  return path.string();
}

std::string relative_to_root(const std::string& path, const PathRules& rules) {
  const fs::path full = fs::absolute(path).lexically_normal();
  const fs::path root = fs::absolute(rules.root).lexically_normal();
  return inside(full, root) ? full.lexically_relative(root).generic_string() : full.filename().string();
}

}  // namespace metier
