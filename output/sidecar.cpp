#include "output/sidecar.hpp"

#include "output/spool.hpp"

#include <nlohmann/json.hpp>
#include <span>

namespace metier::output {

namespace {

using Json = nlohmann::ordered_json;

Json reference(const std::string& id) { return {{"@id", id}}; }

/// https://w3id.org/ro/wfrun/process/0.1 : one CreateAction with instrument, object and result.
Json crate(const std::string& document, const std::string& result, const Sidecar& sidecar) {
  const std::string program = "#metier-" + sidecar.program_version;
  Json file = {{"@id", result}, {"@type", "File"}, {"encodingFormat", "application/x-hdf5"}};
  if (!sidecar.file_sha256.empty()) file["sha256"] = sidecar.file_sha256;
  return Json::array({
      {{"@id", document},
       {"@type", "CreativeWork"},
       {"about", reference("./")},
       {"conformsTo", reference("https://w3id.org/ro/crate/1.1")}},
      {{"@id", "./"},
       {"@type", "Dataset"},
       {"name", "Run of metier: " + result},
       {"conformsTo", reference("https://w3id.org/ro/wfrun/process/0.1")},
       {"hasPart", Json::array({reference(result)})},
       {"mentions", reference("#run")}},
      {{"@id", program},
       {"@type", "SoftwareApplication"},
       {"name", "metier"},
       {"softwareVersion", sidecar.program_version + " (git " + sidecar.git_hash + ")"}},
      {{"@id", sidecar.scenario_path}, {"@type", "File"}, {"encodingFormat", "application/yaml"}},
      {{"@id", "#run"},
       {"@type", "CreateAction"},
       {"name", "simulation"},
       {"description", sidecar.command_line},
       {"instrument", reference(program)},
       {"object", Json::array({reference(sidecar.scenario_path)})},
       {"result", Json::array({reference(result)})},
       {"startTime", sidecar.started},
       {"endTime", sidecar.ended}},
      file,
  });
}

}  // namespace

std::filesystem::path sidecar_of(const std::filesystem::path& target) {
  std::filesystem::path path = target;
  return path.replace_extension(".json");
}

void write_sidecar(const std::filesystem::path& target, const Sidecar& sidecar) {
  const std::filesystem::path path = sidecar_of(target);
  Json processes = Json::object();
  for (const auto& [name, seconds] : sidecar.process_seconds) processes[name] = seconds;
  const Json document = {
      {"@context", "https://w3id.org/ro/crate/1.1/context"},
      {"@graph", crate(path.filename().string(), target.filename().string(), sidecar)},
      {"run",
       {{"file", target.filename().string()},
        {"command_line", sidecar.command_line},
        {"working_folder", sidecar.working_folder},
        {"resumed_from", sidecar.resumed_from},
        {"host", sidecar.host},
        {"system", sidecar.system},
        {"threads", sidecar.threads},
        {"started", sidecar.started},
        {"ended", sidecar.ended},
        {"wall_seconds", sidecar.wall_seconds},
        {"cpu_seconds", sidecar.cpu_seconds},
        {"peak_memory_bytes", sidecar.peak_memory_bytes},
        {"process_seconds", processes}}},
  };
  // Paths may hold bytes that are no UTF-8: replaced, since JSON has no other way.
  const std::string text = document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  write_whole(path, path.string() + ".part", std::as_bytes(std::span(text.data(), text.size())));
}

}  // namespace metier::output
