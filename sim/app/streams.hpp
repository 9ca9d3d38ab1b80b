#pragma once
#include <fmt/format.h>
#include <string_view>
#include <utility>

/// The three standard descriptors.
namespace metier::app {

/// Opens /dev/null in place of each of the descriptors 0, 1 and 2 that is closed: the next file that is opened would
/// else get its number, and messages would be written into it. Before anything else is opened.
void open_standard_streams();

/// Text on standard error. Where it cannot be written (a full disk behind a redirection) it is lost, and all else goes
/// on: a message must not end what it tells about.
void tell(std::string_view text) noexcept;

/// The same, formatted.
template <class First, class... Rest>
void tell(fmt::format_string<First, Rest...> format, First&& first, Rest&&... rest) {
  tell(fmt::format(format, std::forward<First>(first), std::forward<Rest>(rest)...));
}

}  // namespace metier::app
