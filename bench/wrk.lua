-- Asks for the addresses of a file in turn, over and over; says at its end what came of it.
local asked, next_one = {}, 0

function init(words)
  for address in io.lines(words[1]) do
    local headers = { ["Accept"] = "text/html" }
    local path, etag = address:match("^(%S+)%s*(.*)$")
    if etag ~= "" then headers["If-None-Match"] = etag end
    asked[#asked + 1] = wrk.format("GET", path, headers)
    wrk.path, wrk.headers["Accept"], wrk.headers["If-None-Match"] = path, "text/html", headers["If-None-Match"]
  end
  if #asked == 1 then return end
  -- Only for several: without a function of this name wrk sends what it knows beforehand, which is quicker.
  function request()
    next_one = next_one % #asked + 1
    return asked[next_one]
  end
end

function done(summary, _, _)
  local wrong = summary.errors
  local failed = wrong.connect + wrong.read + wrong.write + wrong.status + wrong.timeout
  io.write(string.format("SUMMARY %d %d %d %d\n", summary.requests, summary.duration, summary.bytes, failed))
end
