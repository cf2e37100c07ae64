# An image with the server and its web app. Not tried by its makers: no container engine was at hand, so it was only read. Please say so when it fails.
FROM node:20-bookworm-slim AS web
WORKDIR /app
COPY src/web/package.json src/web/package-lock.json src/web/
RUN cd src/web && npm ci --no-audit --no-fund
COPY eng/web eng/compress-web.mjs eng/
COPY docs/api docs/api
COPY src/web src/web
RUN cd src/web && npm run build && node ../../eng/compress-web.mjs dist

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS server
WORKDIR /app
COPY . .
COPY --from=web /app/src/web/dist src/web/dist
RUN dotnet publish src/Switchyard -c Release -o /out -p:DebugType=none

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=server /out .
RUN mkdir /data && chown $APP_UID /data
USER $APP_UID
VOLUME /data
ENV SWITCHYARD_DATABASE=/data/switchyard.db ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "switchyard.dll"]
CMD ["serve"]
