// Read a table with NocoDB's official client and print what it sees as one JSON object.
// Arguments: address, session token, table id, where condition. Writes nothing.
const { Api } = require('nocodb-sdk');

async function main([baseURL, token, tableId, where]) {
  const api = new Api({ baseURL, headers: { 'xc-auth': token } });
  const list = await api.dbDataTableRow.list(tableId, { limit: 1000, sort: 'Id' });
  const found = await api.dbDataTableRow.list(tableId, { limit: 1000, where });
  const { count } = await api.dbDataTableRow.count(tableId);
  const first = await api.dbDataTableRow.read(tableId, list.list[0].Id);
  const table = await api.dbTable.read(tableId);
  const choices = {};
  for (const column of table.columns) {
    const options = (column.colOptions || {}).options;
    if (options) choices[column.title] = options.map((option) => option.title);
  }
  console.log(JSON.stringify({ count, list: list.list, found: found.list, first, choices }));
}

main(process.argv.slice(2)).catch((problem) => {
  console.error(problem.response ? JSON.stringify(problem.response.data) : problem);
  process.exit(1);
});
